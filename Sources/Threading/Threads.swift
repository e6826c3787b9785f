import Dispatch
import Foundation
import Synchronization

/// The number of threads for kernels, the libraries they call, and data loading.
package enum Threads {
  /// The limit; 0 if none is set.
  private static let limit = Atomic<Int>(0)

  /// The maximum number of threads that can be requested; systems start no more for one process.
  package static let most = 1024

  /// The number of threads a kernel or a reader may use: that of the cores, unless limited.
  package static var count: Int {
    let limit = limit.load(ordering: .relaxed)
    return limit > 0 ? limit : ProcessInfo.processInfo.activeProcessorCount
  }

  /// Sets the number of threads to `count` for kernels made and data opened from now on, and for OpenMP, on which
  /// oneDNN runs, if it is loaded.
  package static func limit(to count: Int) {
    limit.store(count, ordering: .relaxed)
    OpenMP.limit(to: count)
  }

  /// Calls `body` with 0 ..< `parts`, on at most ``count`` threads, and waits for all. Each part is taken by the next
  /// free thread, so there may be more parts than threads: a sum whose parts follow from its size alone, and are added
  /// in order, does not depend on the number of threads.
  ///
  /// The threads are those of OpenMP if oneDNN has loaded it: they spin for a while after their work and would compete
  /// with any others.
  package static func run(_ parts: Int, _ body: (Int) -> Void) {
    let threads = min(parts, count)
    guard threads > 1 else {
      for part in 0..<max(0, parts) { body(part) }
      return
    }
    // The caller guarantees that parts do not access each other's memory.
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      if OpenMP.run(parts, on: threads, { body($0) }) { return }
      let work = SharedWork(parts) { body($0) }
      DispatchQueue.concurrentPerform(iterations: threads) { _ in work.takeParts() }
    }
  }
}
