/// The threads of the OpenMP runtime, if a library has loaded one.
///
/// It comes with oneDNN, under a name that differs between systems, so its functions are looked up, not linked.
enum OpenMP {
  private typealias SetThreads = @convention(c) (CInt) -> Void
  /// The entry point of a parallel region: a function, its data, the number of threads (0: the default), flags.
  private typealias Parallel =
    @convention(c) (
      @convention(c) (UnsafeMutableRawPointer?) -> Void, UnsafeMutableRawPointer?, CUnsignedInt, CUnsignedInt
    ) -> Void

  private static let setThreads = LoadedLibraries.function("omp_set_num_threads", SetThreads.self)
  private static let parallel = LoadedLibraries.function("GOMP_parallel", Parallel.self)

  /// Uses `count` threads from now on.
  static func limit(to count: Int) { setThreads?(CInt(clamping: count)) }

  /// Calls `body` with 0 ..< `parts` on so many `threads` and waits for all; `false` if there is no runtime.
  static func run(_ parts: Int, on threads: Int, _ body: @escaping @Sendable (Int) -> Void) -> Bool {
    guard let parallel else { return false }
    let work = SharedWork(parts, body)
    withExtendedLifetime(work) {
      parallel(
        { work in
          if let work { Unmanaged<SharedWork>.fromOpaque(work).takeUnretainedValue().takeParts() }
        }, Unmanaged.passUnretained(work).toOpaque(), CUnsignedInt(clamping: threads), 0)
    }
    return true
  }
}
