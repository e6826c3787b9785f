import EspalierExecution
import EspalierKernels
import EspalierVectorKernels

#if OneDNN
  import EspalierOneDNNKernels
#endif

/// The backends of this build.
package enum Backends {
  /// All backends, the fastest first.
  package static var all: [any Backend] {
    #if OneDNN
      [OneDNNBackend(), VectorBackend(), ReferenceBackend()]
    #else
      [VectorBackend(), ReferenceBackend()]
    #endif
  }

  /// The fastest backend.
  package static var standard: any Backend { all[0] }
}
