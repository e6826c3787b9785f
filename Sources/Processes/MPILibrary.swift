#if MPI
  import EspalierFiles
  import Foundation

  /// Open MPI's library, loaded when it is needed and not before: a process that is started alone does not need it.
  ///
  /// Functions and handles are looked up by name, so that nothing has to be there when the package is built. Handles
  /// are addresses of the library's own objects, as in Open MPI 1.3 to 5 (`mpi.h`); those of other libraries are
  /// numbers.
  struct MPILibrary {
    typealias Handle = UnsafeMutableRawPointer
    typealias Bytes = UnsafeMutableRawPointer
    typealias Counts = UnsafePointer<CInt>

    let initThread: @convention(c) (Bytes?, Bytes?, CInt, UnsafeMutablePointer<CInt>) -> CInt
    let rank: @convention(c) (Handle, UnsafeMutablePointer<CInt>) -> CInt
    let size: @convention(c) (Handle, UnsafeMutablePointer<CInt>) -> CInt
    let exchange:
      @convention(c) (UnsafeRawPointer?, Counts, Counts, Handle, Bytes?, Counts, Counts, Handle, Handle) -> CInt
    let gather: @convention(c) (Bytes?, CInt, Handle, Bytes?, Counts, Counts, Handle, Handle) -> CInt
    let broadcast: @convention(c) (Bytes?, CInt, Handle, CInt, Handle) -> CInt
    let barrier: @convention(c) (Handle) -> CInt
    let startBarrier: @convention(c) (Handle, UnsafeMutablePointer<Handle?>) -> CInt
    let test: @convention(c) (UnsafeMutablePointer<Handle?>, UnsafeMutablePointer<CInt>, Bytes?) -> CInt
    let abort: @convention(c) (Handle, CInt) -> CInt
    let finalize: @convention(c) () -> CInt
    /// All processes.
    let world: Handle
    /// The type of a byte.
    let byte: Handle

    /// `MPI_THREAD_FUNNELED`: of several threads only the one that initialises calls the library.
    static let funneled: CInt = 1
    /// `MPI_IN_PLACE`.
    static var inPlace: Bytes? { Bytes(bitPattern: 1) }

    /// Loads the library.
    ///
    /// - Throws: `EspalierError` if it is not there, or is not Open MPI's.
    init() throws(EspalierError) {
      #if os(Linux)
        let names = ["libmpi.so.40", "libmpi.so"]
      #else
        let names = ["libmpi.40.dylib", "libmpi.dylib"]
      #endif
      // Its plug-ins look for the library's functions among those of the whole process.
      guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_GLOBAL) }).first else {
        throw EspalierError(
          .argument, "several processes were started", "Open MPI's library \(names[0]) is not found",
          remedy: "install it (Debian: openmpi-bin) on every machine, or start one process")
      }
      func find<Function>(_ name: String, _ type: Function.Type = Function.self) throws(EspalierError) -> Function {
        guard let address = dlsym(library, name) else {
          throw EspalierError(
            .argument, "several processes were started", "the library libmpi has no \(name), as Open MPI's would",
            remedy: "install Open MPI, and start them by its mpirun")
        }
        return unsafeBitCast(address, to: type)
      }
      initThread = try find("MPI_Init_thread")
      rank = try find("MPI_Comm_rank")
      size = try find("MPI_Comm_size")
      exchange = try find("MPI_Alltoallv")
      gather = try find("MPI_Allgatherv")
      broadcast = try find("MPI_Bcast")
      barrier = try find("MPI_Barrier")
      startBarrier = try find("MPI_Ibarrier")
      test = try find("MPI_Test")
      abort = try find("MPI_Abort")
      finalize = try find("MPI_Finalize")
      world = try find("ompi_mpi_comm_world")
      byte = try find("ompi_mpi_byte")
    }
  }
#endif
