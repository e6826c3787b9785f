import Foundation

/// The threads of OpenBLAS, used for products and factorisations in double precision, if it is the BLAS linked.
package enum OpenBLAS {
  private typealias SetThreads = @convention(c) (CInt) -> Void

  private static let isOnOneThread: Void = {
    LoadedLibraries.function("openblas_set_num_threads", SetThreads.self)?(1)
  }()

  /// Keeps it to the thread that calls it, from now on: what is larger is divided by the caller.
  package static func useOneThread() { isOnOneThread }
}
