import Synchronization

/// The threads of OpenMP's runtime, where a library has loaded one.
///
/// It comes with oneDNN, under a name that differs between systems: its functions are looked up, not linked.
enum OpenMP {
  private typealias SetThreads = @convention(c) (CInt) -> Void
  /// The function that compilers call for a parallel region: a function, its data, how many threads (0: as set), flags.
  private typealias Parallel =
    @convention(c) (
      @convention(c) (UnsafeMutableRawPointer?) -> Void, UnsafeMutableRawPointer?, CUnsignedInt, CUnsignedInt
    ) -> Void

  private static let setThreads = LoadedLibraries.function("omp_set_num_threads", SetThreads.self)
  private static let parallel = LoadedLibraries.function("GOMP_parallel", Parallel.self)

  /// Parts of some work, each taken by whichever thread comes first.
  private final class Work: Sendable {
    private let next = Atomic<Int>(0)
    private let count: Int
    private let body: @Sendable (Int) -> Void

    init(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) { (self.count, self.body) = (count, body) }

    func takePart() {
      while true {
        let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard part < count else { return }
        body(part)
      }
    }
  }

  /// Uses `count` threads from now on.
  static func limit(to count: Int) { setThreads?(CInt(clamping: count)) }

  /// Calls `body` with 0 ..< `parts` on as many threads, and waits for all; `false` where there is no runtime.
  static func run(_ parts: Int, _ body: @escaping @Sendable (Int) -> Void) -> Bool {
    guard let parallel else { return false }
    let work = Work(parts, body)
    withExtendedLifetime(work) {
      parallel(
        { work in
          if let work { Unmanaged<Work>.fromOpaque(work).takeUnretainedValue().takePart() }
        }, Unmanaged.passUnretained(work).toOpaque(), CUnsignedInt(clamping: parts), 0)
    }
    return true
  }
}
