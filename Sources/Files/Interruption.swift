import Foundation
import Synchronization

/// A signal that asks a long job to end: noted by the handler, obeyed by the job between two steps.
///
/// Without ``isDeferred`` a signal ends the process at once. With it, the first one is noted and answered on standard
/// error, and the next ends the process at once.
package enum Interruption {
  private static let deferred = Atomic<Bool>(false)
  private static let noted = Atomic<Int32>(0)

  /// Whether the job keeps its state and ends by itself.
  package static var isDeferred: Bool {
    get { deferred.load(ordering: .sequentiallyConsistent) }
    set { deferred.store(newValue, ordering: .sequentiallyConsistent) }
  }

  /// The signal that came; `nil` if none did.
  package static var signal: Int32? {
    let number = noted.load(ordering: .sequentiallyConsistent)
    return number == 0 ? nil : number
  }

  /// Notes a signal and says so; `false` if the process must end now. Called by a signal handler: takes no lock and no
  /// memory.
  static func note(_ number: Int32) -> Bool {
    guard deferred.load(ordering: .sequentiallyConsistent),
      noted.compareExchange(expected: 0, desired: number, ordering: .sequentiallyConsistent).exchanged
    else { return false }
    let answer: StaticString = "\nending after the step under way, whose state is kept; a second signal ends at once\n"
    let code = errno
    _ = write(STDERR_FILENO, answer.utf8Start, answer.utf8CodeUnitCount)
    errno = code
    return true
  }

  /// Makes the first access, which a handler must not be the one to make.
  static func prepare() { _ = (isDeferred, signal) }
}
