import EspalierFiles
import EspalierTensors
import Foundation

/// The states of one sequential pruning in the checkpoints of its command.
///
/// A state is a folder, which holds the last state or the one before it whenever the process ends
/// (``PruningState/write(to:)``).
struct SavedPruning {
  private let checkpoints: Checkpoints
  private let folder: String

  /// The states of `pruning`.
  init(_ pruning: SequentialPruning, in checkpoints: Checkpoints) throws(EspalierError) {
    self.checkpoints = checkpoints
    folder = try checkpoints.folder(of: pruning.origin, PruningRecord.kind)
  }

  /// The last state; `nil` if there is none.
  var state: PruningState? {
    get throws(EspalierError) {
      guard FileManager.default.fileExists(atPath: "\(folder)/\(PruningState.name)") else { return nil }
      return try PruningState(contentsOf: folder)
    }
  }

  /// Keeps the state if one is due, and ends the job if a signal has come.
  func note(_ pruning: SequentialPruning) throws(EspalierError) {
    guard checkpoints.isDue else { return }
    try keep(pruning)
    try checkpoints.endIfInterrupted()
  }

  /// Keeps the state.
  func keep(_ pruning: SequentialPruning) throws(EspalierError) {
    try pruning.state.write(to: folder)
    checkpoints.kept()
  }
}
