import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierPruning
import EspalierReports
import EspalierTraining
import EspalierWorkflows

/// The experiment on a two-layer network: trains one network per seed, prunes its hidden layer by every method to every
/// size, and summarises the results.
package struct TwoLayerExperiment: Sendable {
  /// The recipe of training; its seed is replaced by each of ``seeds``.
  package var recipe: TwoLayerRecipe
  /// Hidden units kept.
  package var sizes: [Int]
  /// The number of unlabelled training samples for pruning.
  package var sampleCount: Int
  /// The seeds, one for each trained network.
  package var seeds: [UInt64]

  /// The experiment of the specification: sizes 512 to 32 of 1024, 2,048 samples.
  package init(
    recipe: TwoLayerRecipe = .init(), sizes: [Int] = [512, 256, 128, 64, 32], sampleCount: Int = 2048,
    seeds: [UInt64] = [0]
  ) {
    self.recipe = recipe
    self.sizes = sizes
    self.sampleCount = sampleCount
    self.seeds = seeds
  }

  /// The outcome of the experiment.
  package struct Outcome: Sendable {
    /// The dense networks, one per seed.
    package let models: [Model]
    /// The comparison of methods on each.
    package let comparisons: [MethodComparison]
    /// Seconds of training for each.
    package let trainingSeconds: [Double]
    /// The means.
    package let summary: ComparisonSummary
  }

  /// The progress of the experiment.
  package enum Stage: Sendable {
    /// A training step is done.
    case training(Trainer.Progress, network: Int)
    /// Another pruned network is evaluated; its graph, unless its results were kept before.
    case pruned(MethodComparison.Outcome, Graph?)
  }

  /// The number of networks to prune.
  package var pruningCount: Int {
    MethodComparison.Contender.standard().count * sizes.count * seeds.count
  }

  /// The settings on which results depend, by name, with those of the data.
  ///
  /// The seed is the first network's, the one whose pruning is timed (``CostOfPruning``); networks of more seeds may be
  /// added.
  package func settings(train: any Dataset, test: any Dataset) -> [String: String] {
    [
      "data": train.name, "training samples": "\(train.count)", "test samples": "\(test.count)",
      "calibration samples": "\(sampleCount)", "epochs": "\(recipe.options.epochs)", "widths": "\(recipe.widths)",
      "seed": "\(seeds.first ?? 0)",
    ]
  }

  /// Runs what is missing of the experiment.
  ///
  /// - Parameter kept: The results of an earlier run with the same ``settings(train:test:)``, to which these are added:
  ///   every trained and every pruned network.
  /// - Throws: `EspalierError` if the data cannot be read or does not fit the network.
  package func run(
    train: any Dataset, test: any Dataset, keptIn kept: KeptResults = .none,
    progress: (Stage) -> Void = { _ in }
  ) throws(EspalierError) -> Outcome {
    var (models, comparisons, seconds): ([Model], [MethodComparison], [Double]) = ([], [], [])
    for (index, seed) in seeds.enumerated() {
      let (model, time) = try network(seed, on: train, keptIn: kept) { progress(.training($0, network: index)) }
      comparisons.append(
        try MethodComparison(
          model.graph, contenders: MethodComparison.Contender.standard(seed: seed), sizes: sizes,
          calibration: train.prefix(min(sampleCount, train.count)), test: test, keptIn: kept, as: "network \(seed)"
        ) { progress(.pruned($0, $1)) })
      models.append(model)
      seconds.append(time)
    }
    return Outcome(
      models: models, comparisons: comparisons, trainingSeconds: seconds, summary: ComparisonSummary(comparisons))
  }

  /// The network of a seed, trained unless it is kept, and the seconds that its training took.
  private func network(
    _ seed: UInt64, on train: any Dataset, keptIn kept: KeptResults, progress: (Trainer.Progress) -> Void
  ) throws(EspalierError) -> (Model, seconds: Double) {
    let path = kept.folder.map { Self.path(of: seed, in: $0) }
    var trained: Model?
    let seconds = try kept.value("network \(seed) training") { () throws(EspalierError) in
      var recipe = recipe
      recipe.options.seed = seed
      let start = ContinuousClock.now
      let model = try recipe.train(on: train, progress: progress)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      if let path { try ONNXFile.write(model, to: path) }
      trained = model
      return seconds
    }
    if let trained { return (trained, seconds) }
    return (try ONNXFile.read(path ?? ""), seconds)
  }

  /// The file of the dense network of a seed in the folder of kept results.
  package static func path(of seed: UInt64, in folder: String) -> String { "\(folder)/dense-\(seed).onnx" }
}
