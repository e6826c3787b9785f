import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators

/// A network with the statistics of its prunable groups, which can be pruned repeatedly, by any method and to any size,
/// without another pass over the data.
package struct CalibratedNetwork: Sendable {
  /// The dense network as given.
  package let original: Graph
  /// The dense network, every node with its own copy of stored vectors.
  package let graph: Graph
  /// The groups that can be pruned.
  package let targets: [PruningGroup]
  /// The selection problem of each group.
  package private(set) var problems: [SelectionProblem]
  /// The number of calibration samples.
  package let sampleCount: Int
  /// The seconds of the pass over the data.
  package let calibrationSeconds: Double
  /// The seconds to set up the problems.
  package let problemSeconds: Double
  let data: any CalibrationData
  let backend: any Backend

  /// Finds the groups that `request` prunes and gathers their statistics, second moments included, in one pass over
  /// `data`.
  ///
  /// - Parameter progress: Receives the number of calibration samples done.
  /// - Throws: `EspalierError`: a refusal if nothing can be pruned; otherwise if the network or the data cannot be
  ///   used.
  package init(
    _ original: Graph, for request: PruningRequest, calibration data: any CalibrationData,
    backend: any Backend = Backends.standard, progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) {
    var clock = StageClock()
    let graph = try original.preparedForPruning()
    targets = try request.targets(among: graph.pruningGroups())
    let folds = request.folds(of: data)
    let pass = CalibrationPass(
      graph: graph, folds: folds, readings: GroupReading.all(of: targets), need: .secondMoments,
      sampleCount: request.partialMomentSamples(of: data), gramLimit: request.gramLimit, processes: request.processes)
    let calibration = try Calibration(
      pass, on: data, batchSize: folds.batchSize(atMost: request.batchSize), backend: backend, progress: progress)
    calibrationSeconds = clock.lap()
    problems = try targets.map { (target) throws(EspalierError) in
      try SelectionProblem(target, of: graph, calibration.statistics)
    }
    problemSeconds = clock.lap()
    sampleCount = calibration.sampleCount
    self.original = original
    self.graph = graph
    self.data = data
    self.backend = backend
  }

  /// Measures the gradients of `loss` at the gates of all units, which otherwise every pruning by a method that needs
  /// them measures anew.
  ///
  /// - Throws: `EspalierError` as ``GateGradients`` does.
  package mutating func measureGates(_ loss: GateGradients.Loss, batchSize: Int = 1024) throws(EspalierError) {
    let gradients = try GateGradients(of: loss, in: graph, targets, on: data, batchSize: batchSize, backend: backend)
    for (index, group) in targets.enumerated() { problems[index].traits.gateGradients[loss] = gradients.sums[group.id] }
  }
}
