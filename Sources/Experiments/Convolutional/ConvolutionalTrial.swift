import Datasets
import Files
import Graph
import Operators
import Pruning
import Training

/// One smaller network of the experiment: made, measured, fine-tuned, measured again.
struct ConvolutionalTrial {
  private let settings: ConvolutionalResults.Settings
  private let size: ConvolutionalSize
  private let method: ExperimentMethod
  private let dense: Graph
  private let train: any Dataset
  private let test: any Dataset
  private let backend: any Backend

  /// The network that `method` makes of `dense` at `size`.
  init(
    _ settings: ConvolutionalResults.Settings, _ size: ConvolutionalSize, _ method: ExperimentMethod,
    of dense: Graph,
    train: any Dataset, test: any Dataset, backend: any Backend
  ) {
    self.settings = settings
    self.size = size
    self.method = method
    self.dense = dense
    self.train = train
    self.test = test
    self.backend = backend
  }

  private var title: String { "\(method.rawValue) at \(size.label)" }

  /// Makes and measures the network; the uniform one costs as much as those of its size in `results`.
  func outcome(
    nextTo results: ConvolutionalResults, _ progress: (ConvolutionalExperiment.Stage) -> Void
  ) throws -> ConvolutionalResults.Outcome {
    let pruning = try method.selection(seed: settings.seed).map { try prune($0, progress) }
    let small = try pruning?.graph ?? narrower(results)
    let latency = try LatencyComparison(of: small, against: dense, budget: 0.5, backend: backend)
    let pruned = try pruning.map { try accuracy(of: $0.graph) }
    let recalibrated = try pruning.flatMap { try recalibrating($0.graph) }.map(accuracy)
    let start = ContinuousClock.now
    let finetuned = try train(small, progress).map(accuracy)
    return .init(
      size: size, method: method, cost: try ModelCost(of: small), latency: latency, pruned: pruned,
      recalibrated: recalibrated,
      finetuned: finetuned, seconds: pruning?.seconds, trainingSeconds: (ContinuousClock.now - start) / .seconds(1))
  }

  private func prune(
    _ selection: any SelectionMethod, samples: Int? = nil, _ progress: (ConvolutionalExperiment.Stage) -> Void
  ) throws -> PruningResult {
    var request = try size.request(
      of: dense.pruningGroups(), family: settings.architecture.family, multiple: settings.multiple)
    request.method = selection
    request.refit = method == .refitted ? Ridge() : nil
    request.batchSize = settings.batchSize
    let data = try DatasetCalibration(train.representatives(samples ?? settings.calibrationCount), for: dense)
    return try dense.pruned(request, calibration: data, backend: backend) {
      progress(.calibration(title, $0, of: $1))
    }
  }

  /// The network with the statistics of its normalisations taken anew on the calibration samples; `nil` where it has none.
  private func recalibrating(_ graph: Graph) throws -> Graph? {
    guard graph.nodes.contains(where: { $0.op == BatchNormalization.name }) else { return nil }
    return try graph.recalibrated(
      on: train.representatives(settings.calibrationCount), batchSize: settings.batchSize, backend: backend)
  }

  /// The uniform network of as many operations as pruned ones of this size have.
  private func narrower(_ results: ConvolutionalResults) throws -> Graph {
    let sibling = results.outcomes.first { $0.size == size && $0.method != .uniform }
    let macs = try sibling?.cost.macs ?? prune(RandomSelection(), samples: 1) { _ in }.after.macs
    return try settings.architecture.narrowed(to: macs).model(seed: settings.seed).graph
  }

  /// The network after fine-tuning, or after training from scratch for as long as all others; `nil` if that diverges.
  private func train(
    _ graph: Graph, _ progress: (ConvolutionalExperiment.Stage) -> Void
  ) throws -> Graph? {
    let isFromScratch = method == .uniform
    do {
      return try settings.train(
        graph, on: train, epochs: settings.finetuneEpochs + (isFromScratch ? settings.epochs : 0),
        stepSize: isFromScratch ? settings.stepSize : settings.finetuneStepSize, title: title, backend, progress)
    } catch let error as EspalierError where error.kind == .diverged {
      return nil
    }
  }

  private func accuracy(of graph: Graph) throws -> Double {
    try Evaluation(of: graph, on: test, batchSize: settings.batchSize, backend: backend).top1
  }
}
