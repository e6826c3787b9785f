import EspalierDatasets
import EspalierGraph

/// Calibration inputs divided into those that pruning uses and held-out ones (``HeldOutSamples``), on which the result
/// is judged.
///
/// Of fewer than ``few`` inputs, pruning uses all. Its fidelity on unseen inputs is then measured on a twin, a network
/// pruned in the same way on four fifths of them and judged on the rest. A twin doubles the work, and inputs are few only
/// where layers see few rows of each: a network whose layers all see many, as those of a detector do, is pruned on
/// four fifths itself.
package struct CalibrationSplit: Sendable {
  /// The number of inputs below which none is withheld from pruning.
  package static let few = 1024

  /// The rows per weight of the worst determined layer, whole, from which inputs are not few, whatever their number.
  /// Where half of a layer is kept, four are eight: a re-fit leaves an eighth more than the least error on new inputs,
  /// and would leave a tenth more with all inputs.
  static let manyRowsPerWeight = 4.0

  /// The inputs for pruning.
  package let calibration: DatasetCalibration
  /// The inputs withheld from pruning or from its twin; `nil` if there are too few to hold any out.
  package let heldOut: DatasetCalibration?
  /// The inputs for the twin; `nil` if ``heldOut`` was withheld from the pruning itself.
  package let twin: DatasetCalibration?
  /// The number of inputs that are exact copies of others; all copies of an input are on one side.
  package let duplicateCount: Int

  /// Divides `data`.
  ///
  /// - Parameters:
  ///   - limit: The number of inputs for pruning; `nil` for all.
  ///   - multiple: Parts are multiples of this number of inputs: of the batch, if the network fixes it.
  ///   - allowsTwin: Whether a twin can be made; without one, few inputs are divided like many.
  package init(_ data: DatasetCalibration, limit: Int? = nil, multiple: Int = 1, allowsTwin: Bool = true) {
    let samples = HeldOutSamples(of: data.dataset, limit: limit, multiple: multiple)
    duplicateCount = samples.duplicateCount
    let own = data.taking(samples.seen)
    heldOut = samples.heldOut.isEmpty ? nil : data.taking(samples.heldOut)
    if allowsTwin, samples.isTakenFromSeen, own.count + samples.heldOut.count < Self.few {
      calibration = data.taking((samples.seen + samples.heldOut).sorted())
      twin = heldOut == nil ? nil : own
    } else {
      calibration = own
      twin = nil
    }
  }

  /// Divides `data` for pruning `graph` as `request` says.
  ///
  /// - Parameters:
  ///   - limit: The number of inputs for pruning; `nil` for all.
  ///   - allowsTwin: Whether a twin can be made.
  package init(
    _ data: DatasetCalibration, for graph: Graph, _ request: PruningRequest, limit: Int? = nil, allowsTwin: Bool = true
  ) {
    let seen = min(limit ?? data.count, data.count) * 4 / 5
    let feeds = data.feedTypes(count: graph.fixedBatch ?? 1)
    let rows = allowsTwin ? graph.rowsPerWeight(of: seen, feeds: feeds, pruning: request) : nil
    self.init(
      data, limit: limit, multiple: graph.fixedBatch ?? 1,
      allowsTwin: allowsTwin && rows.map { $0 < Self.manyRowsPerWeight } ?? true)
  }
}

extension DatasetCalibration {
  /// The inputs at `indices`, ascending.
  func taking(_ indices: [Int]) -> DatasetCalibration {
    replacing(dataset.taking(indices))
  }
}
