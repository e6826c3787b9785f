import Execution
import Kernels
import VectorKernels

#if OneDNN
  import OneDNNKernels
#endif

/// The backends of this build.
public enum Backends {
  /// All of them, the fastest first.
  public static var all: [any Backend] {
    #if OneDNN
      [OneDNNBackend(), VectorBackend(), ReferenceBackend()]
    #else
      [VectorBackend(), ReferenceBackend()]
    #endif
  }

  /// The fastest.
  public static var standard: any Backend { all[0] }
}
