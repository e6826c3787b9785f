import EspalierDatasets
import EspalierGraph
import EspalierPruning
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
    /// Another pruned network is evaluated.
    case pruning
  }

  /// The number of networks to prune.
  package var pruningCount: Int {
    MethodComparison.Contender.standard().count * sizes.count * seeds.count
  }

  /// Runs the experiment.
  ///
  /// - Throws: `EspalierError` if the data cannot be read or does not fit the network.
  package func run(train: any Dataset, test: any Dataset, progress: (Stage) -> Void = { _ in }) throws -> Outcome {
    var (models, comparisons, seconds): ([Model], [MethodComparison], [Double]) = ([], [], [])
    for (index, seed) in seeds.enumerated() {
      var recipe = recipe
      recipe.options.seed = seed
      let start = ContinuousClock.now
      let model = try recipe.train(on: train) { progress(.training($0, network: index)) }
      seconds.append((ContinuousClock.now - start) / .seconds(1))
      comparisons.append(
        try MethodComparison(
          model.graph, contenders: MethodComparison.Contender.standard(seed: seed), sizes: sizes,
          calibration: train.prefix(min(sampleCount, train.count)), test: test
        ) { progress(.pruning) })
      models.append(model)
    }
    return Outcome(
      models: models, comparisons: comparisons, trainingSeconds: seconds, summary: ComparisonSummary(comparisons))
  }
}
