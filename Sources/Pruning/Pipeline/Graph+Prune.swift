import Engine
import Graph
import Operators

extension Graph {
  /// Prunes the network: groups, statistics, selection, re-fit, surgery, verification.
  ///
  /// In the order ``PruningRequest/Order/sequential``, each group is chosen on the activations of the network pruned so far, as in
  /// the paper: one pass over the data for each group, of the part of the network in front of it. In one shot, all groups are
  /// chosen by one pass through the dense network.
  ///
  /// - Parameter progress: Told how many calibration samples are done, summed over all passes.
  /// - Throws: `Refusal` if nothing can be pruned or the result does not equal the masked original; `DataError` if the network
  ///   or the data cannot be used.
  public func pruned(
    _ request: PruningRequest, calibration data: any CalibrationData, backend: any Backend = Backends.standard,
    progress: (Int) -> Void = { _ in }
  ) throws -> PruningResult {
    let separated = try preparedForPruning()
    let targets = try request.targets(among: separated.pruningGroups())
    guard request.order == .sequential, targets.count > 1 else {
      return try CalibratedNetwork(self, for: request, calibration: data, backend: backend, progress: progress)
        .pruned(request)
    }
    var run = PruningRun(separated, from: self, request, on: data, backend: backend)
    for (position, group) in targets.enumerated() {
      try run.calibrateAndChoose(group) { progress(position * data.count + $0) }
    }
    return try run.finish()
  }
}
