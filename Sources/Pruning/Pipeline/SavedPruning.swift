import EspalierFiles
import EspalierProcesses
import EspalierTensors
import Foundation

/// The states of one sequential pruning in the checkpoints of its command.
///
/// A state is a folder, which holds the last state or the one before it whenever the process ends
/// (``PruningState/write(to:)``).
struct SavedPruning {
  private let checkpoints: Checkpoints
  private let folder: String
  private let processes: any ProcessGroup

  /// The states of the pruning with this origin.
  init(of origin: StateOrigin, in checkpoints: Checkpoints, among processes: any ProcessGroup) throws(EspalierError) {
    self.checkpoints = checkpoints
    self.processes = processes
    folder = try checkpoints.folder(of: origin, PruningRecord.kind)
  }

  /// The last state; `nil` if there is none.
  var state: PruningState? {
    get throws(EspalierError) {
      guard FileManager.default.fileExists(atPath: "\(folder)/\(PruningState.name)") else { return nil }
      do throws(EspalierError) {
        return try PruningState(contentsOf: folder)
      } catch {
        throw checkpoints.unrecoverable(error)
      }
    }
  }

  /// Chooses all groups that are left. The state is kept between groups when one is due, and at the end. A signal ends
  /// the pass through the network under way, and the state before its group is kept.
  ///
  /// - Throws: `EspalierError` of kind `interrupted` after a signal, and as ``SequentialPruning/next(_:)`` does.
  func chooseAll(in pruning: inout SequentialPruning, _ progress: (Int, Int) -> Void) throws(EspalierError) {
    try checkpoints.deferringSignals { () throws(EspalierError) in
      var last = pruning
      while try next(in: &pruning, from: last, progress) {
        last = pruning
        guard processes.fromRoot(checkpoints.isDue) else { continue }
        try keep(pruning)
        try checkpoints.endIfInterrupted()
      }
      try keep(pruning)
    }
  }

  private func next(
    in pruning: inout SequentialPruning, from last: SequentialPruning, _ progress: (Int, Int) -> Void
  ) throws(EspalierError) -> Bool {
    do throws(EspalierError) {
      return try pruning.next(progress)
    } catch {
      if error.kind == .interrupted { try keep(last) }
      throw error
    }
  }

  private func keep(_ pruning: SequentialPruning) throws(EspalierError) {
    try pruning.state.write(to: folder, among: processes)
    checkpoints.kept()
  }
}
