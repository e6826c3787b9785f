import Foundation

/// How many threads the libraries behind the backends use.
public enum Threads {
  /// Makes OpenMP, which oneDNN runs on, use `count` threads from now on. Does nothing where no OpenMP is loaded.
  public static func limit(to count: Int) {
    typealias SetThreads = @convention(c) (CInt) -> Void
    // OpenMP comes with oneDNN, under a name that differs between systems: it is looked up, not linked.
    #if os(Linux)
      let everywhere = UnsafeMutableRawPointer(bitPattern: 0)
    #else
      let everywhere = UnsafeMutableRawPointer(bitPattern: -2)
    #endif
    guard let symbol = dlsym(everywhere, "omp_set_num_threads") else { return }
    unsafeBitCast(symbol, to: SetThreads.self)(CInt(clamping: count))
  }
}
