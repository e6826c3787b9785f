import Datasets
import Files
import Graph
import Operators
import Pruning
import Training

/// The paper's experiment on networks for images: a dense network, pruned by each method to each size, measured right after pruning
/// and after fine-tuning, against a narrower network of the same cost trained from scratch.
///
/// Groups are pruned in order, each on the activations of the network pruned so far. Training follows the public code:
/// SGD with Nesterov momentum 0.9 along a cosine, label smoothing 0.1, weight decay; but that falls on weights alone,
/// where the public code has it on some normalisations too (`docs/guides/convolutional-experiment.md`). Source: C. R.
/// Wolfe and A. Kyrillidis, "i-SpaSP: Structured Neural Pruning via Sparse Signal Recovery" (L4DC 2022), and its public
/// code.
public struct ConvolutionalExperiment: Sendable {
  /// What all results depend on.
  public let settings: ConvolutionalResults.Settings
  /// How much is kept.
  public var sizes: [ConvolutionalSize]
  /// How networks become smaller.
  public var methods: [ExperimentMethod]
  /// What networks run on.
  public var backend: any Backend

  /// The experiment with these settings.
  public init(
    _ settings: ConvolutionalResults.Settings, sizes: [ConvolutionalSize] = [.published],
    methods: [ExperimentMethod] = ExperimentMethod.allCases, backend: any Backend = Backends.standard
  ) {
    self.settings = settings
    self.sizes = sizes
    self.methods = methods
    self.backend = backend
  }

  /// How far the experiment is.
  public enum Stage: Sendable {
    /// A network is trained.
    case training(String, Trainer.Progress)
    /// So many of so many samples are looked at to prune a network, summed over its passes.
    case calibration(String, Int, of: Int)
    /// There is something new in the results, and in the store.
    case results(ConvolutionalResults)
  }

  /// Runs what is not in `store` yet, and adds it there bit by bit.
  ///
  /// - Parameter model: The dense network; trained where there is none.
  /// - Throws: `EspalierError` if data and network do not fit, or the store holds results of other settings.
  public func run(
    _ model: Model?, train: any Dataset, test: any Dataset, store: ResultsStore,
    progress: (Stage) -> Void = { _ in }
  ) throws -> ConvolutionalResults {
    var results =
      try store.results(ConvolutionalResults.self) { $0.settings == settings } ?? ConvolutionalResults(settings)
    let dense: Graph
    if results.dense == nil {
      let (network, found) = try denseNetwork(model, train: train, test: test, progress)
      dense = network.graph
      results.dense = found
      try store.write(dense: network)
      try store.write(results, results.document(command: store.command))
      progress(.results(results))
    } else {
      dense = try store.dense().graph
    }
    for size in sizes {
      for method in methods where results.outcome(method, size) == nil {
        let trial = ConvolutionalTrial(settings, size, method, of: dense, train: train, test: test, backend: backend)
        results.outcomes.append(try trial.outcome(nextTo: results, progress))
        try store.write(results, results.document(command: store.command))
        progress(.results(results))
      }
    }
    return results
  }

  private func denseNetwork(
    _ model: Model?, train: any Dataset, test: any Dataset, _ progress: (Stage) -> Void
  ) throws -> (Model, ConvolutionalResults.Dense) {
    let start = ContinuousClock.now
    var dense = model ?? settings.architecture.model(seed: settings.seed)
    if model == nil {
      dense.graph = try settings.train(
        dense.graph, on: train, epochs: settings.epochs, stepSize: settings.stepSize, title: "dense", backend, progress)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let accuracy = try Evaluation(of: dense.graph, on: test, batchSize: settings.batchSize, backend: backend).top1
    return (
      dense,
      .init(
        accuracy: accuracy, cost: try ModelCost(of: dense.graph), trainingSeconds: model == nil ? seconds : nil)
    )
  }
}

extension ConvolutionalResults.Settings {
  /// Trains a network as all of the experiment's are.
  func train(
    _ graph: Graph, on dataset: any Dataset, epochs: Int, stepSize: Double, title: String, _ backend: any Backend,
    _ progress: (ConvolutionalExperiment.Stage) -> Void
  ) throws -> Graph {
    guard epochs > 0 else { return graph }
    let options = TrainingOptions(
      epochs: epochs, batchSize: batchSize, stepSize: stepSize, schedule: .cosine,
      loss: ClassificationLoss(labelSmoothing: 0.1),
      optimizer: StochasticGradientDescent(weightDecay: architecture.family.weightDecay), seed: seed)
    return try Trainer(options, backend: backend).train(graph, on: dataset) { progress(.training(title, $0)) }
  }
}
