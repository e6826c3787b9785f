import Datasets
import Files
import Graph
import Operators
import Pruning
import Training

/// The paper's experiment on text encoders: a classifier of sentence pairs, its feed-forward units and heads pruned apart and together by
/// each method, measured right after pruning and after fine-tuning.
///
/// Groups are pruned in order, each on the activations of the network pruned so far; no labels are looked at. Training is AdamW with
/// weight decay 0.01, steps that grow over a tenth of all and then fall to zero, and gradients clipped to length 1, as is usual for
/// BERT. Source: C. R. Wolfe and A. Kyrillidis, "i-SpaSP" (L4DC 2022), section 4.4; J. Devlin et al., "BERT" (NAACL 2019), appendix A.3.
public struct EncoderExperiment: Sendable {
  /// What all results depend on.
  public let settings: EncoderResults.Settings
  /// What is pruned, how, and how far.
  public var cases: [EncoderResults.Case]
  /// What networks run on.
  public var backend: any Backend

  /// The experiment with these settings.
  public init(
    _ settings: EncoderResults.Settings, scopes: [PruningRequest.Scope], methods: [ExperimentMethod],
    fractions: [Double],
    backend: any Backend = Backends.standard
  ) {
    self.settings = settings
    cases = fractions.flatMap { fraction in
      scopes.flatMap { scope in methods.map { .init(scope: scope, method: $0, fraction: fraction) } }
    }
    self.backend = backend
  }

  /// How far the experiment is.
  public enum Stage: Sendable {
    /// A network is trained.
    case training(String, Trainer.Progress)
    /// So many of so many samples are looked at to prune a network.
    case calibration(String, Int, of: Int)
    /// There is something new in the results, and in the store.
    case results(EncoderResults)
  }

  /// Runs what is not in `store` yet, and adds it there bit by bit.
  ///
  /// - Throws: `EspalierError` if data and network do not fit, or the store holds results of other settings.
  public func run(
    _ model: Model, train: any Dataset, test: any Dataset, store: ResultsStore, progress: (Stage) -> Void = { _ in }
  ) throws -> EncoderResults {
    var results = try store.results(EncoderResults.self) { $0.settings == settings } ?? EncoderResults(settings)
    var dense = model
    if results.dense == nil {
      dense.graph = try trained(dense.graph, on: train, epochs: settings.epochs, "dense", progress)
      results.dense = .init(
        accuracy: try accuracy(of: dense.graph, on: test), cost: try ModelCost(of: dense.graph))
      try store.write(dense: dense)
      try store.write(results, results.document(command: store.command))
      progress(.results(results))
    } else {
      dense = try store.dense()
    }
    for what in cases where results.outcome(what) == nil {
      results.outcomes.append(try outcome(what, of: dense.graph, train, test, progress))
      try store.write(results, results.document(command: store.command))
      progress(.results(results))
    }
    return results
  }

  private func outcome(
    _ what: EncoderResults.Case, of dense: Graph, _ train: any Dataset, _ test: any Dataset, _ progress: (Stage) -> Void
  ) throws -> EncoderResults.Outcome {
    let title = "\(what.method.rawValue), \(what.scope.rawValue) at \(what.fraction)"
    guard let method = what.method.selection(seed: settings.seed) else {
      throw EspalierError(.argument, what.method.title, "prunes no network")
    }
    var request = PruningRequest(keeping: what.fraction, scope: what.scope, method: method)
    request.refit = what.method == .refitted ? Ridge() : nil
    request.batchSize = settings.batchSize
    let data = try DatasetCalibration(train.representatives(settings.calibrationCount), for: dense)
    let pruning = try dense.pruned(request, calibration: data, backend: backend) {
      progress(.calibration(title, $0, of: $1))
    }
    let before = try accuracy(of: pruning.graph, on: test)
    let after: EncoderResults.Accuracy?
    do {
      let tuned = try trained(pruning.graph, on: train, epochs: settings.finetuneEpochs, title, progress)
      after = try settings.finetuneEpochs > 0 ? accuracy(of: tuned, on: test) : nil
    } catch let error as EspalierError where error.kind == .diverged {
      after = nil
    }
    return .init(
      what: what, cost: try ModelCost(of: pruning.graph), pruned: before, finetuned: after, seconds: pruning.seconds,
      verified: pruning.verification.relativeDifference)
  }

  private func trained(
    _ graph: Graph, on dataset: any Dataset, epochs: Int, _ title: String, _ progress: (Stage) -> Void
  ) throws -> Graph {
    guard epochs > 0 else { return graph }
    let options = TrainingOptions(
      epochs: epochs, batchSize: settings.batchSize, stepSize: settings.stepSize, schedule: .linear,
      warmUp: WarmUp(fraction: 0.1), clipping: GradientClipping(limit: 1), optimizer: AdamW(weightDecay: 0.01),
      seed: settings.seed)
    return try Trainer(options, backend: backend).train(graph, on: dataset) { progress(.training(title, $0)) }
  }

  private func accuracy(of graph: Graph, on test: any Dataset) throws -> EncoderResults.Accuracy {
    let found = try Evaluation(of: graph, on: test, batchSize: settings.batchSize, backend: backend)
    return .init(overall: found.top1, languages: found.parts?.mapValues(\.top1))
  }
}
