import EspalierFiles
import EspalierTensors

/// The states of one measurement of size-error curves in the checkpoints of its command: each point is kept as soon as
/// it is there.
struct SavedSensitivity {
  /// The points known at the start, group by group in ascending order of size.
  let points: [String: [Sensitivity.Point]]
  private let checkpoints: Checkpoints
  private let origin: StateOrigin

  /// The states of the measurement of the groups of `network` at `counts` on so many inputs.
  ///
  /// - Throws: `EspalierError` if all states that are left are damaged.
  init(
    of network: CalibratedNetwork, _ request: PruningRequest, _ counts: [String: [Int]], inputs: Int,
    measuresAccuracy: Bool, in checkpoints: Checkpoints
  ) throws(EspalierError) {
    self.checkpoints = checkpoints
    let sizes = counts.mapValues { $0.sorted() }.sorted { $0.key < $1.key }
    origin = StateOrigin(
      sources: ["network": network.original.checksum],
      settings: StateOrigin.settings(of: request, except: ["activationMemory", "checkpoints", "processes"]).merging([
        "sizes": sizes.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
        "inputs": "\(inputs), and \(network.sampleCount) for statistics", "accuracy": "\(measuresAccuracy)",
      ]) { $1 })
    points = try checkpoints.state(of: origin, as: SensitivityState.self)?.points ?? [:]
  }

  /// Keeps the points so far.
  ///
  /// - Throws: `EspalierError` if they cannot be written.
  func keep(_ points: [String: [Sensitivity.Point]]) throws(EspalierError) {
    try checkpoints.keep(of: origin, SensitivityState(origin: origin, points: points))
  }
}

/// The points of size-error curves so far.
private struct SensitivityState: FileState {
  static let kind = "state of size-error curves"
  static let version = 1

  /// The measurement that the state belongs to.
  let origin: StateOrigin
  /// The points, group by group in ascending order of size.
  let points: [String: [Sensitivity.Point]]
}
