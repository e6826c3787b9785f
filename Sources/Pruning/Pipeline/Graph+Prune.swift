import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

extension Graph {
  /// Prunes the network: groups, statistics, selection, re-fit, surgery, verification.
  ///
  /// In the order ``PruningRequest/Order/sequential``, each group is chosen on the activations of the network pruned so
  /// far, as in the paper; each part of the network still runs only once. In one shot, all groups are chosen by one
  /// pass through the dense network.
  ///
  /// - Parameter progress: Receives the numbers of calibration samples done and to do, summed over all passes.
  /// - Throws: `EspalierError`: a refusal if nothing can be pruned or the result does not equal the masked original;
  ///   otherwise if the network or the data cannot be used.
  package func pruned(
    _ request: PruningRequest, calibration data: any CalibrationData, backend: any Backend = Backends.standard,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(EspalierError) -> PruningResult {
    switch request.order {
    case .sequential:
      let saved = try request.checkpoints.map { (checkpoints) throws(EspalierError) in
        try SavedPruning(of: SequentialPruning.origin(self, request, data), in: checkpoints)
      }
      var pruning = try SequentialPruning(self, request, calibration: data, backend: backend, from: saved?.state)
      if let saved {
        try saved.chooseAll(in: &pruning, progress)
      } else {
        while try pruning.next(progress) {}
      }
      return try pruning.finish()
    case .oneShot:
      let prepared = try preparedForPruning()
      let targets = try request.targets(among: prepared.pruningGroups())
      var run = PruningRun(prepared, from: self, request, on: data, backend: backend)
      try run.prepare(for: targets, of: prepared)
      try run.chooseAtOnce(targets, on: data, backend: backend, progress: progress)
      return try run.finish(targets)
    }
  }
}
