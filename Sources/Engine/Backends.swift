import EspalierExecution
import EspalierKernels
import EspalierVectorKernels

#if OneDNN
  import EspalierOneDNNKernels
#endif

/// The backends of this build.
package enum Backends {
  /// All of them, the fastest first.
  package static var all: [any Backend] {
    #if OneDNN
      [OneDNNBackend(), VectorBackend(), ReferenceBackend()]
    #else
      [VectorBackend(), ReferenceBackend()]
    #endif
  }

  /// The fastest.
  package static var standard: any Backend { all[0] }
}
