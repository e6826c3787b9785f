import EspalierDatasets
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTraining
import EspalierWorkflows

/// One smaller network of the experiment: pruned, with epochs of fine-tuning between groups where the study has any,
/// measured, fine-tuned, measured again.
package struct PruningTrial<Study: PruningStudy> {
  /// The dense network.
  let dense: Graph
  /// The backend that networks run on.
  let backend: any Backend
  private let study: Study
  private let variant: Study.Variant
  private let train: any Dataset
  private let test: any Dataset

  /// The trial for `variant`, with the dense network `dense`.
  init(
    _ study: Study, _ variant: Study.Variant, of dense: Graph, train: any Dataset, test: any Dataset,
    backend: any Backend
  ) {
    self.study = study
    self.variant = variant
    self.dense = dense
    self.train = train
    self.test = test
    self.backend = backend
  }

  /// The training samples for calibration.
  var calibrationSamples: any Dataset { train.representatives(study.settings.calibrationCount) }

  /// The accuracy of `graph` on the test data.
  func accuracy(of graph: Graph) throws -> Study.Accuracy {
    study.accuracy(
      try Evaluation(of: graph, on: test, batchSize: study.settings.batchSize, backend: backend))
  }

  /// Makes and measures the network; the uniform one matches the cost of the networks of its size in `results`.
  func outcome(
    nextTo results: PruningResults<Study>, _ progress: (PruningExperiment<Study>.Stage) -> Void
  ) throws -> Study.Outcome {
    let selection = variant.method.selection(seed: study.settings.seed)
    let pruning = try selection.map { try prune($0, on: calibrationSamples, progress) }
    let small = try pruning?.graph ?? uniform(results)
    let details = try study.details(of: small, pruning, in: self)
    let pruned = try pruning.map { try accuracy(of: $0.graph) }
    let start = ContinuousClock.now
    let finetuned = try trained(small, progress).map(accuracy)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return .init(
      variant: variant, cost: try ModelCost(of: small), pruned: pruned, finetuned: finetuned,
      seconds: pruning?.seconds, trainingSeconds: Study.recordsTrainingTime ? seconds : nil, details: details)
  }

  private func prune(
    _ selection: any SelectionMethod, on samples: any Dataset, _ progress: (PruningExperiment<Study>.Stage) -> Void
  ) throws -> PruningResult {
    var request = try study.request(for: variant.size, of: dense)
    request.method = selection
    // The re-fit of one layer to its own output, as the experiment compares it.
    (request.refit, request.target) = (variant.method == .refitted ? Ridge() : nil, .layer)
    request.batchSize = study.settings.batchSize
    let data = try DatasetCalibration(samples, for: dense)
    let epochs = study.blockEpochs(for: variant.size)
    guard epochs > 0, var options = study.training(.finetuning) else {
      return try dense.pruned(request, calibration: data, backend: backend) {
        progress(.calibration(variant.title, $0, of: $1))
      }
    }
    options.epochs = 0
    let job = GradualPruning(request, training: options, blockEpochs: epochs, backend: backend)
    return try job.run(on: dense, calibration: data, dataset: train) { event in
      if case .trained(let group?, let step) = event { progress(.training("\(variant.title), after \(group)", step)) }
    }.pruning
  }

  /// The uniform network with as many operations as pruned ones of this size.
  private func uniform(_ results: PruningResults<Study>) throws -> Graph {
    let sibling = results.outcomes.first { $0.variant.size == variant.size && $0.variant.method != .uniform }
    let macs =
      try sibling?.cost.macs ?? prune(RandomSelection(), on: train.representatives(1)) { _ in }.after.macs
    return try study.uniformNetwork(macs: macs)
  }

  /// The network after training; `nil` if there is none, or if training diverges.
  private func trained(_ graph: Graph, _ progress: (PruningExperiment<Study>.Stage) -> Void) throws -> Graph? {
    guard let options = study.training(variant.method == .uniform ? .fromScratch : .finetuning) else { return nil }
    do {
      return try graph.trained(by: options, on: train, backend) { progress(.training(variant.title, $0)) }
    } catch let error as EspalierError where error.kind == .diverged {
      return nil
    }
  }
}
