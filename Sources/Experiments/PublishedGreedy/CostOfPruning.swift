import EspalierDatasets
import EspalierGraph
import EspalierPruning
import EspalierTensors
import EspalierTraining

/// Accuracy and time of pruning one network by i-SpaSP and by greedy forward selection, the latter from the Gram matrix
/// and by forward passes. Times start from the trained network and include calibration.
package struct CostOfPruning: Sendable {
  /// An algorithm.
  package enum Algorithm: String, Sendable, CaseIterable {
    /// i-SpaSP in one pass.
    case iSpaSP = "i-SpaSP"
    /// Greedy forward selection from the statistics of the same pass.
    case gram = "GFS, Gram matrix"
    /// Greedy forward selection that runs the network on a mini-batch for up to 50 candidates at each step, as
    /// published.
    case sampled = "GFS, forward passes, 50 candidates"
    /// Greedy forward selection that runs the network on all calibration samples for every unit at each step.
    case exhaustive = "GFS, forward passes, every unit"
  }

  /// One pruned network.
  package struct Entry: Sendable {
    /// The algorithm.
    package let algorithm: Algorithm
    /// The number of units kept.
    package let kept: Int
    /// The fraction of test samples classified correctly.
    package let accuracy: Double
    /// Seconds from the trained network to the selection, calibration included.
    package let seconds: Double
  }

  /// All pruned networks.
  package let entries: [Entry]
  /// The sizes, in the given order.
  package let sizes: [Int]
  /// The number of samples in the sampled algorithm's mini-batch.
  package let miniBatch: Int
  /// The number of calibration samples.
  package let sampleCount: Int

  /// Prunes `graph` to each of `sizes` by all algorithms; the exhaustive one, being slow, only to the two smallest
  /// sizes.
  ///
  /// - Parameter progress: Called after each unit selected by forward passes.
  package init(
    _ graph: Graph, sizes: [Int], calibration: any Dataset, test: any Dataset, miniBatch: Int = 256, seed: UInt64,
    progress: () -> Void = {}
  ) throws {
    let data = try DatasetCalibration(calibration, for: graph)
    let network = try CalibratedNetwork(graph, for: PruningRequest(keeping: 1), calibration: data)
    let group = network.targets[0]
    var entries: [Entry] = []
    func add(_ algorithm: Algorithm, _ kept: [Int], _ seconds: Double) throws {
      let pruned = try graph.pruning([group], keeping: [group.id: kept])
      let accuracy = try Evaluation(of: pruned, on: test).top1
      entries.append(Entry(algorithm: algorithm, kept: kept.count, accuracy: accuracy, seconds: seconds))
    }
    let preparation = network.calibrationSeconds + network.problemSeconds
    for (algorithm, method) in [(Algorithm.iSpaSP, ISpaSP() as any SelectionMethod), (.gram, GreedyForwardSelection())]
    {
      for size in sizes {
        let start = ContinuousClock.now
        let kept = method.select(size, of: network.problems[0]).kept
        try add(algorithm, kept, preparation + (ContinuousClock.now - start) / .seconds(1))
      }
    }
    for (algorithm, candidates, samples, sizes) in [
      (Algorithm.sampled, 50, min(miniBatch, calibration.count), sizes),
      (.exhaustive, Int.max, calibration.count, Self.exhaustiveSizes(sizes)),
    ] {
      let inputs = try DatasetCalibration(calibration.prefix(samples), for: graph).batches(of: samples).next() ?? [:]
      let checkpoints = try PublishedGreedySelection(candidates: candidates, seed: seed).select(
        sizes, of: group, in: graph, on: inputs
      ) { _ in progress() }
      for checkpoint in checkpoints { try add(algorithm, checkpoint.kept, checkpoint.seconds) }
    }
    self.entries = entries
    self.sizes = sizes
    self.miniBatch = miniBatch
    sampleCount = calibration.count
  }

  private static func exhaustiveSizes(_ sizes: [Int]) -> [Int] { Array(sizes.sorted().prefix(2)) }

  /// The number of units that forward passes select in all, for progress.
  package static func stepCount(_ sizes: [Int]) -> Int {
    (sizes.max() ?? 0) + (exhaustiveSizes(sizes).max() ?? 0)
  }

  /// The network pruned by `algorithm` to size `kept`.
  package func entry(_ algorithm: Algorithm, _ kept: Int) -> Entry? {
    entries.first { $0.algorithm == algorithm && $0.kept == kept }
  }

  /// The time of `algorithm` relative to i-SpaSP, at the sizes for which it was run.
  package func ratios(of algorithm: Algorithm) -> [Double] {
    sizes.compactMap { size in
      guard let other = entry(algorithm, size), let ours = entry(.iSpaSP, size) else { return nil }
      return other.seconds / ours.seconds
    }
  }
}
