import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierReports
import EspalierTraining

/// Time, residual and accuracy of pruning one layer of one network by i-SpaSP and by greedy forward selection, each as
/// published and from statistics, in one run. Times start from the trained network and include calibration.
package struct CostOfPruning: Sendable {
  /// One pruned network.
  package struct Entry: Sendable, Codable {
    /// The algorithm.
    package let algorithm: PruningAlgorithm
    /// The number of units kept.
    package let kept: Int
    /// `|| U - U_S ||^2 / || U ||^2` at the layer over all calibration samples, with the weights of the algorithm.
    package let relativeResidual: Double
    /// The fraction of test samples classified correctly; `nil` without test samples.
    package let accuracy: Double?
    /// Seconds from the trained network to the selection, calibration included.
    package let seconds: Double
  }

  /// The network and the layer, in a few words.
  package let title: String
  /// All pruned networks.
  package let entries: [Entry]
  /// The sizes, in the given order.
  package let sizes: [Int]
  /// The number of units of the layer.
  package let unitCount: Int
  /// The number of samples in a mini-batch of the algorithms that take one.
  package let miniBatch: Int
  /// The number of calibration samples.
  package let sampleCount: Int

  /// The network pruned by `algorithm` to size `kept`.
  package func entry(_ algorithm: PruningAlgorithm, _ kept: Int) -> Entry? {
    entries.first { $0.algorithm == algorithm && $0.kept == kept }
  }

  /// The algorithms that were run, in their usual order.
  package var algorithms: [PruningAlgorithm] {
    PruningAlgorithm.allCases.filter { algorithm in entries.contains { $0.algorithm == algorithm } }
  }

  /// The time of `algorithm` relative to `other`, at the sizes for which both were run.
  package func ratios(of algorithm: PruningAlgorithm, to other: PruningAlgorithm) -> [Double] {
    sizes.compactMap { size in
      guard let long = entry(algorithm, size), let short = entry(other, size) else { return nil }
      return long.seconds / short.seconds
    }
  }
}

extension CostOfPruning {
  /// The layer to prune, and what it is pruned on.
  package struct Subject {
    /// The network and the layer, in a few words.
    package let title: String
    /// The dense network.
    package let graph: Graph
    /// The group whose units are chosen, by its identifier; `nil` for the first that can be pruned.
    package let group: String?
    /// The units kept.
    package let sizes: [Int]
    /// The calibration samples.
    package let data: any CalibrationData
    /// Labelled samples on which accuracies are measured, if any.
    package let test: (any Dataset)?

    /// A layer of `graph`.
    package init(
      _ title: String, _ graph: Graph, group: String? = nil, sizes: [Int], data: any CalibrationData,
      test: (any Dataset)? = nil
    ) {
      (self.title, self.graph, self.group) = (title, graph, group)
      (self.sizes, self.data, self.test) = (sizes, data, test)
    }

    /// The group called `group`, or else the first that can be pruned, to fractions of its units.
    package init(
      keeping fractions: [Double], of group: String?, in graph: Graph, on data: any CalibrationData,
      titled title: String? = nil, test: (any Dataset)? = nil
    ) throws(EspalierError) {
      let whole = Subject("", graph, group: group, sizes: [], data: data)
      let found = try whole.prepared().group
      let sizes = fractions.map { max(1, Int(Double(found.size) * $0)) }
      self.init(title ?? found.id, graph, group: found.id, sizes: sizes, data: data, test: test)
    }

    /// The network with its own copies of shared vectors, and the group.
    func prepared() throws(EspalierError) -> (graph: Graph, group: PruningGroup) {
      let graph = try graph.preparedForPruning()
      let request = PruningRequest(keeping: 1, only: group.map { [$0] }, scope: .all)
      return (graph, try request.targets(among: graph.pruningGroups())[0])
    }
  }

  /// Prunes `subject` to each of its sizes by all algorithms; the exhaustive one, being slow, only to the two smallest.
  /// Judging by the network's outputs is left out where the layer itself makes them.
  ///
  /// - Parameters:
  ///   - miniBatch: The number of samples in a mini-batch; all, if there are fewer.
  ///   - kept: The results of an earlier run, to which these are added.
  ///   - progress: Called after each step of a selection by forward passes.
  /// - Throws: `EspalierError` if the group cannot be pruned, or network and data do not fit.
  package init(
    of subject: Subject, miniBatch: Int = 256, seed: UInt64, keptIn kept: KeptResults = .none,
    backend: any Backend = Backends.standard, progress: () -> Void = {}
  ) throws(EspalierError) {
    let miniBatch = min(miniBatch, subject.data.count)
    let (graph, group) = try subject.prepared()
    var bench = try LayerBench(subject, graph, group, backend)
    var entries: [Entry] = []
    for algorithm in PruningAlgorithm.allCases {
      if algorithm == .global, bench.isLastLayer { continue }
      entries += try kept.value("cost \(subject.title) \(algorithm.rawValue)") { () throws(EspalierError) in
        let sizes = algorithm == .exhaustive ? Array(subject.sizes.sorted().prefix(2)) : subject.sizes
        return try bench.entries(
          algorithm, sizes, algorithm.greedy(miniBatch: miniBatch, of: subject.data.count, seed: seed),
          progress: progress)
      }
    }
    self.init(
      title: subject.title, entries: entries, sizes: subject.sizes, unitCount: group.size, miniBatch: miniBatch,
      sampleCount: subject.data.count)
  }

  /// The most units that forward passes select in all, for progress.
  package static func stepCount(_ sizes: [Int]) -> Int {
    let largest = sizes.max() ?? 0
    return 3 * largest + (sizes.sorted().prefix(2).max() ?? 0)
  }
}
