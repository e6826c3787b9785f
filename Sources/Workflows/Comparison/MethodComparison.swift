import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierReports
import EspalierTraining

/// Methods and sizes compared on one trained network: each pruned network's accuracy, cost and pruning time, from one
/// calibration pass. What is kept of an earlier comparison is not computed again.
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

  /// One layer of a network, by its name, and its multiply-accumulate operations for one sample.
  package struct Layer: Hashable, Sendable, Codable {
    /// The name of the layer.
    package let name: String
    /// Its multiply-accumulate operations.
    package let macs: Int
  }

  /// The dense network.
  package struct Dense: Sendable, Codable {
    /// The fraction of test samples classified correctly.
    package let accuracy: Double
    /// Its cost.
    package let cost: ModelCost
    /// Its layers that multiply.
    package let layers: [Layer]
    /// Seconds of the one calibration pass for all networks.
    package let calibrationSeconds: Double
    /// The number of calibration samples.
    package let sampleCount: Int
  }

  /// One pruned network.
  package struct Outcome: Sendable, Codable {
    /// The title of the contender in reports.
    package let title: String
    /// The number of units kept.
    package let kept: Int
    /// The fraction of test samples classified correctly.
    package let accuracy: Double
    /// The cost of the network.
    package let cost: ModelCost
    /// Its layers that multiply.
    package let layers: [Layer]
    /// Seconds to select and re-fit.
    package let seconds: Double
    /// `|| U - U_S ||^2 / || U ||^2` of the layer that reads the units, after the re-fit if there is one.
    package let relativeResidual: Double
    /// The same before each iteration of an iterative method; empty for others.
    package let residualTrace: [Double]
    /// The relative difference between the network and the dense one with the dropped units masked.
    package let verifiedDifference: Double
  }

  /// The dense network.
  package let dense: Dense
  /// All pruned networks, contender by contender, in the order of the sizes.
  package let outcomes: [Outcome]

  /// Prunes the first group of `graph` to each of `sizes` by each of `contenders`.
  ///
  /// - Parameters:
  ///   - kept: The results of an earlier comparison of the same networks, to which these are added.
  ///   - name: The name of the network among them.
  ///   - progress: Called after each pruned network, with its graph unless its results were there before.
  package init(
    _ graph: Graph, contenders: [Contender], sizes: [Int], calibration: any Dataset, test: any Dataset,
    keptIn kept: KeptResults = .none, as name: String = "network",
    progress: (Outcome, Graph?) -> Void = { _, _ in }
  ) throws(EspalierError) {
    var calibrated: CalibratedNetwork?
    func network() throws(EspalierError) -> CalibratedNetwork {
      if let calibrated { return calibrated }
      // Contenders without a re-fit choose by all windows of convolutions.
      var request = PruningRequest(keeping: 1)
      request.tracesResiduals = true
      let network = try CalibratedNetwork(
        graph, for: request, calibration: DatasetCalibration(calibration, for: graph))
      calibrated = network
      return network
    }
    dense = try kept.value("\(name) dense") { () throws(EspalierError) in
      Dense(
        accuracy: try Evaluation(of: graph, on: test).top1, cost: try ModelCost(of: graph),
        layers: try Self.layers(of: graph), calibrationSeconds: try network().calibrationSeconds,
        sampleCount: calibration.count)
    }
    let groups = try PruningRequest(keeping: 1).targets(among: graph.preparedForPruning().pruningGroups())
    var outcomes: [Outcome] = []
    for contender in contenders {
      for size in sizes where size <= groups[0].size {
        var pruned: Graph?
        let outcome = try kept.value("\(name) \(contender.title) \(size)") { () throws(EspalierError) in
          var request = PruningRequest(keeping: 1, method: contender.method, refit: contender.refit)
          request.counts = [groups[0].id: size]
          let result = try network().pruned(request)
          pruned = result.graph
          return Outcome(
            result, by: contender, accuracy: try Evaluation(of: result.graph, on: test).top1,
            layers: try Self.layers(of: result.graph))
        }
        outcomes.append(outcome)
        progress(outcome, pruned)
      }
    }
    self.outcomes = outcomes
  }

  private static func layers(of graph: Graph) throws(EspalierError) -> [Layer] {
    try Inspection(graph).layers.filter { $0.macs > 0 }.map { Layer(name: $0.name, macs: $0.macs) }
  }
}

extension MethodComparison.Outcome {
  fileprivate init(
    _ result: PruningResult, by contender: MethodComparison.Contender, accuracy: Double,
    layers: [MethodComparison.Layer]
  ) {
    let group = result.groups[0]
    let energy = max(group.outputEnergy, .leastNormalMagnitude)
    self.init(
      title: contender.title, kept: group.selection.kept.count, accuracy: accuracy, cost: result.after, layers: layers,
      seconds: result.seconds.selection + result.seconds.refit,
      relativeResidual: (group.refittedResidual ?? group.residual) / energy,
      residualTrace: group.selection.trace.compactMap(\.residualBefore).map { $0 / energy },
      verifiedDifference: result.verification.relativeDifference)
  }
}
