import EspalierFiles
import EspalierTensors
import Foundation

/// All that a pruning in sequence consists of between two groups: a ``SequentialPruning`` that begins with it ends with
/// the same network as one that was never interrupted.
///
/// It is written to a folder: the values between layers in files of a batch each, so that memory does not grow with the
/// number of samples, and a file `state` that names them.
package struct PruningState {
  private enum Values {
    case frontier(Frontier)
    case files(folder: String)
  }

  private static let name = "state"

  /// All but the values between layers.
  let record: PruningRecord
  private let values: Values

  init(record: PruningRecord, _ frontier: Frontier) {
    self.record = record
    values = .frontier(frontier)
  }

  /// Reads what ``write(to:)`` wrote to `folder`; values are read when they are needed.
  ///
  /// - Throws: `EspalierError` where there is no state, or it is damaged.
  package init(contentsOf folder: String) throws(EspalierError) {
    record = try PruningRecord(contentsOf: "\(folder)/\(Self.name)")
    values = .files(folder: folder)
  }

  /// Writes the state to a folder that is there, in the place of an earlier one.
  ///
  /// The file that names the others comes last, and those of an earlier state go behind it: whenever the process ends,
  /// the folder holds one state or the other.
  ///
  /// - Throws: `EspalierError` where the folder cannot be written to.
  package func write(to folder: String) throws(EspalierError) {
    let frontier = try frontier(budget: 0)
    var record = record
    record.files = (0..<frontier.count).map { "batch-\(record.decisions.count)-\($0)" }
    for (index, name) in record.files.enumerated() {
      try FrontierFile(frontier.batch(at: index), origin: record.origin).write(to: "\(folder)/\(name)")
    }
    try record.write(to: "\(folder)/\(Self.name)")
    let kept = Set(record.files)
    let manager = FileManager.default
    do {
      for name in try manager.contentsOfDirectory(atPath: folder)
      where name.hasPrefix("batch-") && !kept.contains(name) {
        try manager.removeItem(atPath: "\(folder)/\(name)")
      }
    } catch {
      throw EspalierError(.file, folder, "holds files of an older state that cannot be removed: \(error)")
    }
  }

  /// The values between layers, of which so many bytes are held in memory.
  ///
  /// - Throws: `EspalierError` where a file is missing, damaged or of another state.
  func frontier(budget: Int) throws(EspalierError) -> Frontier {
    switch values {
    case .frontier(let frontier): return frontier
    case .files(let folder):
      var frontier = Frontier(budget: budget)
      for name in record.files {
        let path = "\(folder)/\(name)"
        try frontier.append(FrontierFile(contentsOf: path).batch(of: record.origin, path))
      }
      return frontier
    }
  }
}

/// A ``PruningState`` without the values between layers.
struct PruningRecord: FileState, Hashable {
  /// What was decided for one group.
  struct Decision: Hashable, Sendable, Codable {
    let group: String
    let selection: Selection
    let method: String
    let sufficiency: RefitSufficiency?
    let refittedResidual: Double?
    var residual: Double?
    var outputEnergy: Double?
  }

  static let kind = "pruning state"
  static let version = 1

  /// What the state belongs to.
  let origin: StateOrigin
  /// The groups that are chosen, in their order.
  let decisions: [Decision]
  /// Weights of the dense network that were re-fitted.
  let dense: [String: Tensor]
  /// Weights that have zeros for what is dropped.
  let silenced: [String: Tensor]
  /// Weights that were others when the last group was looked at.
  let before: [String: Tensor]
  /// How many passes were made.
  let passes: Int
  /// How many samples there are; known after the first pass.
  let sampleCount: Int
  /// Time spent.
  let seconds: PruningResult.Seconds
  /// The files of the values between layers, batch by batch.
  var files: [String] = []
}
