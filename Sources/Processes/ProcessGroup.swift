/// The processes that work on one job together, each with a rank from 0 to `count - 1`.
///
/// All members call the same functions in the same order: a call returns once it has met the others'. A group does not
/// lose members. If a process ends early, so do all (``abort(code:)``; `mpirun` sees to it for those that are killed).
///
/// These functions move bytes, wait or end, and compute nothing. Sums are this package's own
/// (``forEachContribution(to:from:_:)``): their order is part of the result, and that of a library's reduction depends
/// on the number of processes.
package protocol ProcessGroup: Sendable {
  /// The number of this process.
  var rank: Int { get }
  /// The number of processes.
  var count: Int { get }
  /// Sends one part of `bytes` to each process and receives this process's part from each.
  ///
  /// - Parameters:
  ///   - bytes: The parts for ranks 0, 1, ..., one behind the other.
  ///   - sizes: The number of bytes of each part, the same in all processes.
  ///   - received: Filled with the parts from ranks 0, 1, ..., each of `sizes[rank]` bytes.
  func exchange(_ bytes: UnsafeRawBufferPointer, _ sizes: [Int], into received: UnsafeMutableRawBufferPointer)
  /// Completes `bytes`, of which each process has its own part, in all processes.
  ///
  /// - Parameter sizes: The number of bytes of the part of each rank, the same in all processes.
  func gather(_ bytes: UnsafeMutableRawBufferPointer, _ sizes: [Int])
  /// Replaces `bytes` in all processes by those of rank 0.
  func broadcast(_ bytes: UnsafeMutableRawBufferPointer)
  /// Waits for all processes.
  func barrier()
  /// Waits for all processes without using the processor, and leaves the group: the last call.
  func finish()
  /// Ends all processes with this exit code.
  func abort(code: Int32) -> Never
}

extension ProcessGroup {
  /// Whether this is the process that reads the command line aloud: it alone prints and writes files.
  package var isRoot: Bool { rank == 0 }
  /// Whether there are several processes.
  package var isShared: Bool { count > 1 }
}
