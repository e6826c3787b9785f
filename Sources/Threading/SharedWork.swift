import Synchronization

/// Parts of some work, each taken by the next free thread.
final class SharedWork: Sendable {
  private let next = Atomic<Int>(0)
  private let count: Int
  private let body: @Sendable (Int) -> Void

  /// The work of calling `body` with 0 ..< `count`.
  init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) { (self.count, self.body) = (count, body) }

  /// Does parts until none is left.
  func takeParts() {
    while true {
      let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard part < count else { return }
      body(part)
    }
  }
}
