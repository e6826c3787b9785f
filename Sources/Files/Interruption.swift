import Foundation
import Synchronization

/// A signal that asks a long job to end: noted by the handler, obeyed by the job between two steps.
///
/// Without ``isDeferred`` a signal ends the process at once. With it, the first one is noted and answered on standard
/// error, and the next ends the process at once. Of several processes that work together each ends at once, as the
/// others may be gone already.
package enum Interruption {
  private static let deferred = Atomic<Bool>(false)
  private static let noted = Atomic<Int32>(0)
  private static let shared = Atomic<Bool>(false)
  private static let speaks = Atomic<Bool>(false)

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

  /// Makes every signal end the process at once, as one of several that work together.
  ///
  /// - Parameter saying: Whether it is the one of them that says so.
  package static func endsAtOnce(saying: Bool) {
    shared.store(true, ordering: .sequentiallyConsistent)
    speaks.store(saying, ordering: .sequentiallyConsistent)
  }

  /// Notes a signal and says so; `false` if the process must end now. Called by a signal handler: takes no lock and no
  /// memory.
  static func note(_ number: Int32) -> Bool {
    guard !shared.load(ordering: .sequentiallyConsistent) else {
      if speaks.load(ordering: .sequentiallyConsistent) { say(Self.farewell) }
      return false
    }
    guard deferred.load(ordering: .sequentiallyConsistent),
      noted.compareExchange(expected: 0, desired: number, ordering: .sequentiallyConsistent).exchanged
    else { return false }
    let answer: StaticString = "\nending after the step under way, whose state is kept; a second signal ends at once\n"
    say(answer)
    return true
  }

  private static let farewell: StaticString =
    "\nespalier: ended, because another of its processes has ended or a signal came; what is written is whole\n"

  private static func say(_ text: StaticString) {
    let code = errno
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    errno = code
  }

  /// Makes the first access, which a handler must not be the one to make.
  static func prepare() {
    _ = (isDeferred, signal, farewell)
    _ = (shared.load(ordering: .relaxed), speaks.load(ordering: .relaxed))
  }
}
