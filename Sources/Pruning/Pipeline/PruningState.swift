import EspalierFiles
import EspalierProcesses
import EspalierTensors
import Foundation

/// The complete state of a sequential pruning between two groups: a ``SequentialPruning`` resumed from it results in
/// the same network as an uninterrupted one.
///
/// It is written to a folder: the values between layers in one file per batch, so that memory does not grow with the
/// number of samples, and a file `state` that names them.
package struct PruningState {
  private enum Values {
    case inMemory(StoredActivations)
    case files(folder: String)
  }

  /// The file that names the others.
  static let name = "state"

  /// The state without the values between layers.
  let record: PruningRecord
  private let values: Values

  init(record: PruningRecord, _ storedActivations: StoredActivations) {
    self.record = record
    values = .inMemory(storedActivations)
  }

  /// Reads a state that ``write(to:)`` wrote to `folder`; the values between layers are read on demand.
  ///
  /// - Throws: `EspalierError` if there is no state, or it is damaged.
  package init(contentsOf folder: String) throws(EspalierError) {
    record = try PruningRecord(contentsOf: "\(folder)/\(Self.name)")
    values = .files(folder: folder)
  }

  /// Writes the state to an existing folder, replacing an earlier one.
  ///
  /// The file that names the others is written last, and then the files of an earlier state are removed: whenever the
  /// process ends, the folder holds one state or the other. Of several processes, which must share the folder, each
  /// writes its own batches, and rank 0 the rest when all have done so; any number of processes can go on from it.
  ///
  /// - Throws: `EspalierError` if the folder cannot be written to.
  package func write(to folder: String, among processes: any ProcessGroup = SingleProcess()) throws(EspalierError) {
    let storedActivations = try storedActivations(budget: 0, among: processes)
    var record = record
    record.files =
      storedActivations.count == 0 ? [] : record.sizes.indices.map { "batch-\(record.decisions.count)-\($0)" }
    for (index, name) in Self.own(record.files, of: processes).enumerated() {
      try StoredActivationFile(storedActivations.batch(at: index), origin: record.origin).write(to: "\(folder)/\(name)")
    }
    processes.barrier()
    defer { processes.barrier() }
    guard processes.isRoot else { return }
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

  /// The values between layers of a process's batches, of which at most `budget` bytes are held in memory.
  ///
  /// - Throws: `EspalierError` if a file is missing, damaged or of another state.
  func storedActivations(
    budget: Int, among processes: any ProcessGroup = SingleProcess()
  ) throws(EspalierError) -> StoredActivations {
    switch values {
    case .inMemory(let storedActivations): return storedActivations
    case .files(let folder):
      var storedActivations = StoredActivations(budget: budget)
      var names = Self.own(record.files, of: processes)
      // As in the first round of a pass over data, a process without a batch sees that of another.
      if names.isEmpty, !record.files.isEmpty { names = [record.files[processes.rank % record.files.count]] }
      for name in names {
        let path = "\(folder)/\(name)"
        try storedActivations.append(StoredActivationFile(contentsOf: path).batch(of: record.origin, path))
      }
      return storedActivations
    }
  }

  /// Of the files of all batches, those of a process.
  private static func own(_ files: [String], of processes: any ProcessGroup) -> [String] {
    stride(from: processes.rank, to: files.count, by: processes.count).map { files[$0] }
  }
}

/// A ``PruningState`` without the values between layers.
struct PruningRecord: FileState, Hashable {
  /// The decision for one group.
  struct Decision: Hashable, Sendable, Codable {
    let group: String
    let selection: Selection
    let method: String
    let sufficiency: RefitSufficiency?
    let refittedResidual: Double?
    let heldOutResidual: Double?
    var residual: Double?
    var outputEnergy: Double?
    var theory: GroupTheory?
  }

  static let kind = "pruning state"
  static let version = 3

  /// The pruning that the state belongs to.
  let origin: StateOrigin
  /// The chosen groups, in order.
  let decisions: [Decision]
  /// Re-fitted weights of the dense network.
  let dense: [String: Tensor]
  /// Weights with zeros for dropped units.
  let silenced: [String: Tensor]
  /// Weights that have changed since the last group was calibrated, with their earlier values.
  let before: [String: Tensor]
  /// The number of passes made.
  let passes: Int
  /// The number of samples of each batch; known after the first pass.
  let sizes: [Int]
  /// Time spent.
  let seconds: PruningResult.Seconds
  /// The files of the values between layers, batch by batch.
  var files: [String] = []

  /// The number of samples; known after the first pass.
  var sampleCount: Int { sizes.reduce(0, +) }
}
