import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierTraining

/// Methods and sizes compared on one trained network: each pruned network's accuracy, cost and pruning time, from one
/// calibration pass.
package struct MethodComparison: Sendable {
  /// A way to prune: a selection method, with or without a re-fit.
  package struct Contender: Sendable {
    /// The selection method.
    package let method: any SelectionMethod
    /// The ridge of the re-fit of the next layer; `nil` for none.
    package let refit: Ridge?

    /// `method`, followed by `refit`.
    package init(_ method: any SelectionMethod, refit: Ridge? = nil) {
      self.method = method
      self.refit = refit
    }

    /// Its name in reports.
    package var title: String { method.title + (refit == nil ? "" : Self.refitMark) }

    /// The end of the titles of re-fitted contenders.
    static let refitMark = " + re-fit"

    /// The default of the command, for a layer of this size with second moments.
    package static func usual(ridge: Ridge = .byFolds) -> Contender {
      Contender(BackwardElimination(ridge: ridge), refit: ridge)
    }

    /// The default, the methods of the specification's table, and the baselines.
    package static func standard(ridge: Ridge = .byFolds, seed: UInt64 = 0) -> [Contender] {
      [
        usual(ridge: ridge), Contender(OrthogonalMatchingPursuit(ridge: ridge), refit: ridge),
        Contender(GreedyForwardSelection(), refit: ridge), Contender(ISpaSP(), refit: ridge),
        Contender(ISpaSP()), Contender(GreedyForwardSelection()),
        Contender(Magnitude.L1()), Contender(Magnitude.L2()),
        Contender(RandomSelection(seed: seed)), Contender(RandomSelection(seed: seed), refit: ridge),
      ]
    }
  }

  /// One pruned network.
  package struct Outcome: Sendable {
    /// The title of the contender in reports.
    package let title: String
    /// The number of units kept.
    package let kept: Int
    /// The fraction of test samples classified correctly.
    package let accuracy: Double
    /// The pruned network, with the record of its pruning.
    package let result: PruningResult
  }

  /// The test accuracy of the dense network.
  package let denseAccuracy: Double
  /// The cost of the dense network.
  package let denseCost: ModelCost
  /// All pruned networks, contender by contender, in the order of the sizes.
  package let outcomes: [Outcome]
  /// Seconds of the one calibration pass for all networks.
  package let calibrationSeconds: Double
  /// The number of calibration samples.
  package let sampleCount: Int

  /// Prunes the first group of `graph` to each of `sizes` by each of `contenders`.
  ///
  /// - Parameter progress: Called after each pruned network.
  package init(
    _ graph: Graph, contenders: [Contender], sizes: [Int], calibration: any Dataset, test: any Dataset,
    progress: () -> Void = {}
  ) throws(EspalierError) {
    let data = try DatasetCalibration(calibration, for: graph)
    let network = try CalibratedNetwork(graph, for: PruningRequest(keeping: 1), calibration: data)
    let group = network.targets[0]
    denseAccuracy = try Evaluation(of: graph, on: test).top1
    denseCost = try ModelCost(of: graph)
    calibrationSeconds = network.calibrationSeconds
    sampleCount = network.sampleCount
    var outcomes: [Outcome] = []
    for contender in contenders {
      for size in sizes where size <= group.size {
        var request = PruningRequest(keeping: 1, method: contender.method, refit: contender.refit)
        request.counts = [group.id: size]
        let result = try network.pruned(request)
        let accuracy = try Evaluation(of: result.graph, on: test).top1
        outcomes.append(
          Outcome(
            title: contender.title, kept: result.groups[0].selection.kept.count, accuracy: accuracy, result: result))
        progress()
      }
    }
    self.outcomes = outcomes
  }
}
