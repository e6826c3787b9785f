#if MPI
  import EspalierFiles
  import Foundation

  /// The processes that `mpirun` has started, joined by Open MPI.
  ///
  /// A failure of the library ends all processes with its own message: its communicators do so unless told otherwise.
  /// Only the thread that made the group may use it.
  struct MPIGroup: ProcessGroup {
    let rank: Int
    let count: Int
    /// Functions and addresses, which do not change.
    private nonisolated(unsafe) let library: MPILibrary

    /// Joins the other processes.
    ///
    /// - Throws: `EspalierError` if the library is not there or fails to start.
    init() throws(EspalierError) {
      library = try MPILibrary()
      var provided: CInt = 0
      guard library.initThread(nil, nil, MPILibrary.funneled, &provided) == 0, provided >= MPILibrary.funneled else {
        throw EspalierError(
          .argument, "several processes were started", "Open MPI does not start with threads",
          remedy: "see what it says above")
      }
      var (rank, count): (CInt, CInt) = (0, 1)
      _ = library.rank(library.world, &rank)
      _ = library.size(library.world, &count)
      (self.rank, self.count) = (Int(rank), Int(count))
    }

    func exchange(_ bytes: UnsafeRawBufferPointer, _ sizes: [Int], into received: UnsafeMutableRawBufferPointer) {
      let (sent, own) = (Layout(sizes), Layout(Array(repeating: sizes[rank], count: count)))
      _ = library.exchange(
        bytes.baseAddress, sent.sizes, sent.places, library.byte, received.baseAddress, own.sizes, own.places,
        library.byte, library.world)
    }

    func gather(_ bytes: UnsafeMutableRawBufferPointer, _ sizes: [Int]) {
      let layout = Layout(sizes)
      _ = library.gather(
        MPILibrary.inPlace, 0, library.byte, bytes.baseAddress, layout.sizes, layout.places, library.byte,
        library.world)
    }

    func broadcast(_ bytes: UnsafeMutableRawBufferPointer) {
      var rest = bytes
      while !rest.isEmpty {
        let size = min(rest.count, 1 << 30)
        _ = library.broadcast(rest.baseAddress, CInt(size), library.byte, 0, library.world)
        rest = UnsafeMutableRawBufferPointer(rebasing: rest.dropFirst(size))
      }
    }

    func barrier() { _ = library.barrier(library.world) }

    func finish() {
      // The library waits awake, and would take the processor from rank 0, which may still be at work.
      var request: MPILibrary.Handle?
      var isDone: CInt = 0
      _ = library.startBarrier(library.world, &request)
      while library.test(&request, &isDone, nil) == 0, isDone == 0 { usleep(2000) }
      _ = library.finalize()
    }

    func abort(code: Int32) -> Never {
      _ = library.abort(library.world, code)
      exit(code)
    }

    /// Parts of a buffer as the library counts them.
    private struct Layout {
      let sizes: [CInt]
      let places: [CInt]

      init(_ sizes: [Int]) {
        precondition(sizes.reduce(0, +) <= Int(CInt.max), "a message has at most 2^31 - 1 bytes")
        self.sizes = sizes.map { CInt($0) }
        var place: CInt = 0
        places = self.sizes.map { size in
          defer { place += size }
          return place
        }
      }
    }
  }
#endif
