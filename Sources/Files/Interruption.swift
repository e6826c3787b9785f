import Foundation
import Synchronization

/// A signal that asks a long job to end: noted by the handler, obeyed by the job between two steps.
///
/// Without ``isDeferred`` a signal ends the process at once. With it, the first one is noted and answered on standard
/// error, and the next ends the process at once. Of several processes that work together each ends at once, as the
/// others may be gone already.
package enum Interruption {
  private static let deferred = Atomic<Bool>(false)
  private static let continuable = Atomic<Bool>(false)
  private static let noted = Atomic<Int32>(0)
  private static let shared = Atomic<Bool>(false)
  private static let speaks = Atomic<Bool>(false)

  /// Whether the job keeps its state and ends by itself. It must then call ``check()`` or look at ``signal`` often.
  package static var isDeferred: Bool {
    get { deferred.load(ordering: .sequentiallyConsistent) }
    set { deferred.store(newValue, ordering: .sequentiallyConsistent) }
  }

  /// Whether the same command goes on from states kept so far, so that a signal that ends the process says so.
  package static var isContinuable: Bool {
    get { continuable.load(ordering: .sequentiallyConsistent) }
    set { continuable.store(newValue, ordering: .sequentiallyConsistent) }
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

  /// Ends the job if a signal has come: for loops that run longer than a few seconds.
  ///
  /// - Throws: `EspalierError` of kind `interrupted`.
  package static func check() throws(EspalierError) {
    guard signal == nil else { throw EspalierError(.interrupted, "", "interrupted") }
  }

  /// Notes a signal and says so; `false` if the process must end now. Called by a signal handler: takes no lock and no
  /// memory.
  static func note(_ number: Int32) -> Bool {
    guard !shared.load(ordering: .sequentiallyConsistent) else {
      if speaks.load(ordering: .sequentiallyConsistent) {
        say(
          "\nespalier: ended, because another of its processes has ended or a signal came; what is written is whole\n")
      }
      return false
    }
    guard deferred.load(ordering: .sequentiallyConsistent),
      noted.compareExchange(expected: 0, desired: number, ordering: .sequentiallyConsistent).exchanged
    else {
      if continuable.load(ordering: .sequentiallyConsistent) {
        say("\nended by a signal; the same command goes on from the last state kept\n")
      }
      return false
    }
    say("\nending after the step under way, whose state is kept; a second signal ends at once\n")
    return true
  }

  /// Makes the first access, which a handler must not be the one to make.
  static func prepare() {
    _ = (isDeferred, isContinuable, signal)
    _ = (shared.load(ordering: .relaxed), speaks.load(ordering: .relaxed))
  }

  /// Writes to standard error, as a signal handler may.
  static func say(_ text: StaticString) {
    let code = errno
    _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    errno = code
  }
}
