import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTraining
import EspalierWorkflows

/// Image networks: trained here or elsewhere, timed, and compared with narrower networks of the same cost trained from
/// scratch.
///
/// Training follows the public code: SGD with Nesterov momentum 0.9 and a cosine schedule, label smoothing 0.1, weight
/// decay of ``DecayedParameters/published``, and for the public code's blocks an epoch after each
/// (`docs/guides/convolutional-experiment.md`). Source: the paper's experiments on ResNet34 and MobileNetV2, and their
/// public code.
package struct ConvolutionalStudy: PruningStudy {
  /// A method at a size.
  package struct Variant: NetworkVariant {
    package let size: ConvolutionalSize
    package let method: ExperimentMethod

    package var sizeLabel: String { size.label }
    package var title: String { "\(method.rawValue) at \(size.label)" }

    package init(_ method: ExperimentMethod, at size: ConvolutionalSize) {
      (self.method, self.size) = (method, size)
    }
  }

  /// Latency, and the accuracy between pruning and fine-tuning.
  package struct Details: Sendable, Codable {
    /// The latency of the network and the dense one, timed alternately.
    let latency: LatencyComparison
    /// The accuracy after recalibrating its normalisations on unlabelled samples.
    let recalibrated: Double?
  }

  package let settings: ConvolutionalSettings
  private let model: Model?

  /// The study with these settings, of the dense network `model`, which is trained if `nil`.
  package init(_ settings: ConvolutionalSettings, model: Model?) {
    self.settings = settings
    self.model = model
  }

  package static let recordsTrainingTime = true

  package func denseNetwork() -> Model { model ?? settings.architecture.model(seed: settings.seed) }

  package func uniformNetwork(macs: Int) throws -> Graph {
    try settings.architecture.narrowed(to: macs).model(seed: settings.seed).graph
  }

  package func training(_ phase: TrainingPhase) -> TrainingOptions? {
    let (epochs, stepSize): (Int, Double)
    switch phase {
    case .dense:
      guard model == nil else { return nil }
      (epochs, stepSize) = (settings.epochs, settings.stepSize)
    case .finetuning: (epochs, stepSize) = (settings.finetuneEpochs, settings.finetuneStepSize)
    case .fromScratch: (epochs, stepSize) = (settings.finetuneEpochs + settings.epochs, settings.stepSize)
    }
    var options = TrainingOptions(
      epochs: epochs, batchSize: settings.batchSize, stepSize: stepSize, schedule: .cosine,
      loss: ClassificationLoss(labelSmoothing: 0.1),
      optimizer: StochasticGradientDescent(weightDecay: settings.architecture.family.weightDecay),
      seed: settings.seed)
    options.decayed = .published
    return options
  }

  package func blockEpochs(for size: ConvolutionalSize) -> Int { size == .published ? settings.blockEpochs : 0 }

  package func request(for size: ConvolutionalSize, of dense: Graph) throws -> PruningRequest {
    try size.request(
      of: dense.pruningGroups(), family: settings.architecture.family, multiple: settings.multiple)
  }

  package func accuracy(_ evaluation: Evaluation) -> Double { evaluation.top1 }

  package func details(
    of network: Graph, _ pruning: PruningResult?, in trial: PruningTrial<Self>
  ) throws -> Details {
    let latency = try LatencyComparison(of: network, against: trial.dense, budget: 0.5, backend: trial.backend)
    let recalibrated = try pruning.flatMap { try recalibrating($0.graph, in: trial) }
    return Details(latency: latency, recalibrated: try recalibrated.map(trial.accuracy))
  }

  /// The network with its normalisations recalibrated on the calibration samples; `nil` if it has none.
  private func recalibrating(_ graph: Graph, in trial: PruningTrial<Self>) throws -> Graph? {
    guard graph.nodes.contains(where: { $0.op == BatchNormalization.name }) else { return nil }
    return try graph.recalibrated(
      on: trial.calibrationSamples, batchSize: settings.batchSize, backend: trial.backend)
  }
}
