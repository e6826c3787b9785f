import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTraining

/// The paper's experiment: a dense network, pruned by each method to each size, measured right after pruning and after
/// fine-tuning.
///
/// Groups are pruned in order, each on the activations of the network pruned so far, without labels. A ``PruningStudy``
/// defines the networks. Source: C. R. Wolfe and A. Kyrillidis, "i-SpaSP: Structured Neural Pruning via Sparse Signal
/// Recovery" (L4DC 2022), section 4.
package struct PruningExperiment<Study: PruningStudy>: Sendable {
  /// The networks.
  package let study: Study
  /// The sizes of the pruned networks.
  package var sizes: [Study.Variant.Size]
  /// The methods compared.
  package var methods: [ExperimentMethod]
  /// The backend that networks run on.
  package var backend: any Backend

  /// The experiment on the networks of `study`.
  package init(
    _ study: Study, sizes: [Study.Variant.Size], methods: [ExperimentMethod],
    backend: any Backend = Backends.standard
  ) {
    self.study = study
    self.sizes = sizes
    self.methods = methods
    self.backend = backend
  }

  /// The progress of the experiment.
  package enum Stage: Sendable {
    /// A network is trained.
    case training(String, Trainer.Progress)
    /// The number of calibration samples done for a network, summed over its passes.
    case calibration(String, Int, of: Int)
    /// New results are in the store.
    case results
  }

  /// Runs the trials that are missing in `store`, and adds each result to it.
  ///
  /// - Throws: `EspalierError` if data and network do not fit, or the store holds results for other settings.
  package func run(
    train: any Dataset, test: any Dataset, store: ResultsStore, progress: (Stage) -> Void = { _ in }
  ) throws -> PruningResults<Study> {
    let settings = study.settings
    var results =
      try store.results(PruningResults<Study>.self) { $0.settings == settings } ?? PruningResults(settings)
    func keep() throws {
      try store.write(results, results.document(command: store.command))
      progress(.results)
    }
    let dense: Graph
    if results.dense == nil {
      let (network, found) = try denseNetwork(train: train, test: test, progress)
      dense = network.graph
      results.dense = found
      try store.write(dense: network)
      try keep()
    } else {
      dense = try store.dense().graph
    }
    for size in sizes {
      for method in methods {
        let variant = Study.Variant(method, at: size)
        guard results.outcome(variant) == nil else { continue }
        let trial = PruningTrial(study, variant, of: dense, train: train, test: test, backend: backend)
        results.outcomes.append(try trial.outcome(nextTo: results, progress))
        try keep()
      }
    }
    return results
  }

  private func denseNetwork(
    train: any Dataset, test: any Dataset, _ progress: (Stage) -> Void
  ) throws -> (Model, Study.Dense) {
    let start = ContinuousClock.now
    let options = study.training(.dense)
    var dense = study.denseNetwork()
    if let options {
      dense.graph = try dense.graph.trained(by: options, on: train, backend) { progress(.training("dense", $0)) }
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let found = try Evaluation(of: dense.graph, on: test, batchSize: study.settings.batchSize, backend: backend)
    return (
      dense,
      .init(
        accuracy: study.accuracy(found), cost: try ModelCost(of: dense.graph),
        trainingSeconds: Study.recordsTrainingTime && options != nil ? seconds : nil)
    )
  }
}

extension Graph {
  /// The network after training; unchanged for zero epochs.
  func trained(
    by options: TrainingOptions, on dataset: any Dataset, _ backend: any Backend,
    progress: (Trainer.Progress) -> Void
  ) throws -> Graph {
    guard options.epochs > 0 else { return self }
    return try Trainer(options, backend: backend).train(self, on: dataset, progress: progress)
  }
}
