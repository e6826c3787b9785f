import Dispatch
import Foundation
import Synchronization

/// How many threads kernels, the libraries behind them and the readers of data use.
package enum Threads {
  /// 0 where nothing was said.
  private static let limit = Atomic<Int>(0)

  /// The most threads that may be asked for: more are more than systems start for one process.
  package static let most = 1024

  /// How many threads a kernel or a reader may use: as many as there are cores, unless limited.
  package static var count: Int {
    let limit = limit.load(ordering: .relaxed)
    return limit > 0 ? limit : ProcessInfo.processInfo.activeProcessorCount
  }

  /// Uses `count` threads from now on: in kernels made and data opened from now on, and in OpenMP, which oneDNN runs
  /// on, and OpenBLAS, where those are loaded.
  package static func limit(to count: Int) {
    limit.store(count, ordering: .relaxed)
    OpenMP.limit(to: count)
    OpenBLAS.limit(to: count)
  }

  /// Calls `body` with 0 ..< `parts`, each on a thread of its own as far as there are threads, and waits for all.
  ///
  /// The threads are OpenMP's where oneDNN has brought it: those wait for work awake for a while, and would stand in the way of others.
  package static func run(_ parts: Int, _ body: (Int) -> Void) {
    if parts == 1 { return body(0) }
    // The caller sees to it that parts do not touch each other's memory.
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      if OpenMP.run(parts, { body($0) }) { return }
      DispatchQueue.concurrentPerform(iterations: parts) { body($0) }
    }
  }
}
