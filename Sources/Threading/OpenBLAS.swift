import Foundation

/// The threads of OpenBLAS, which products and factorisations in double precision run on, where that is what is linked.
enum OpenBLAS {
  private typealias SetThreads = @convention(c) (CInt) -> Void

  private static let setThreads = LoadedLibraries.function("openblas_set_num_threads", SetThreads.self)

  /// Uses `count` threads from now on.
  static func limit(to count: Int) { setThreads?(CInt(clamping: count)) }
}
