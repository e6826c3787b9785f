import Foundation

/// Values produced ahead of their use by several threads, delivered in order.
///
/// Value p is begun once value p - `window` has been taken, so at most `window` values exist at a time. Threads end
/// after the last value, or when the prefetcher is released.
package final class Prefetcher<Value: Sendable> {
  private let shared: Shared

  /// Begins with the first of `count` values. `make` is called once for each position, by up to `threads` threads.
  package init(count: Int, window: Int, threads: Int, make: @escaping @Sendable (Int) -> Value) {
    precondition(window > 0 && threads > 0, "at least one thread makes at least one value")
    shared = Shared(count: count, window: window)
    for _ in 0..<min(threads, window, count) {
      Thread.detachNewThread { [shared] in
        while let position = shared.begin() { shared.finish(position, make(position)) }
      }
    }
  }

  deinit { shared.cancel() }

  /// The next value, waiting for it if necessary; `nil` after the last.
  package func next() -> Value? { shared.take() }

  /// The state shared by the threads, all of it guarded by `condition`.
  private final class Shared: @unchecked Sendable {
    private let condition = NSCondition()
    private let count: Int
    private let window: Int
    private var begun = 0
    private var taken = 0
    private var isCancelled = false
    private var ready: [Int: Value] = [:]

    init(count: Int, window: Int) {
      self.count = count
      self.window = window
    }

    /// The position of the next value to make, once there is room for it; `nil` if none is left.
    func begin() -> Int? {
      condition.withLock {
        while !isCancelled, begun < count, begun >= taken + window { condition.wait() }
        guard !isCancelled, begun < count else { return nil }
        begun += 1
        return begun - 1
      }
    }

    func finish(_ position: Int, _ value: Value) {
      condition.withLock {
        ready[position] = value
        condition.broadcast()
      }
    }

    func take() -> Value? {
      condition.withLock {
        guard taken < count else { return nil }
        while true {
          if let value = ready.removeValue(forKey: taken) {
            taken += 1
            condition.broadcast()
            return value
          }
          condition.wait()
        }
      }
    }

    func cancel() {
      condition.withLock {
        isCancelled = true
        condition.broadcast()
      }
    }
  }
}
