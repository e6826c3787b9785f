import Foundation

/// The threads of OpenBLAS, used for products and factorisations in double precision, if it is the BLAS linked.
enum OpenBLAS {
  private typealias SetThreads = @convention(c) (CInt) -> Void

  private static let setThreads = LoadedLibraries.function("openblas_set_num_threads", SetThreads.self)

  /// Uses `count` threads from now on.
  static func limit(to count: Int) { setThreads?(CInt(clamping: count)) }
}
