import Datasets
import Graph
import Pruning
import Tensors
import Training

/// What it takes to prune one network by i-SpaSP, by greedy forward selection as published, and by the same from the Gram matrix:
/// accuracy and seconds, everything from the trained network on counted.
public struct CostOfPruning: Sendable {
  /// One pruned network.
  public struct Entry: Sendable {
    /// How it was pruned.
    public let title: String
    /// How many units were kept.
    public let kept: Int
    /// The fraction of test samples told right.
    public let accuracy: Double
    /// Seconds from the trained network to the selection, calibration included.
    public let seconds: Double
  }

  /// What the published method is called.
  public static let publishedTitle = "GFS, forward passes"
  /// What the method from the Gram matrix is called.
  public static let gramTitle = "GFS, Gram matrix"

  /// All pruned networks.
  public let entries: [Entry]
  /// How many samples the published method's mini-batch has.
  public let miniBatch: Int

  /// Prunes `graph` to each of `sizes` in the three ways.
  ///
  /// - Parameter progress: Told how many units the published method has selected.
  public init(
    _ graph: Graph, sizes: [Int], calibration: any Dataset, test: any Dataset, miniBatch: Int = 256, seed: UInt64,
    progress: (Int) -> Void = { _ in }
  ) throws {
    let data = try DatasetCalibration(calibration, for: graph)
    let network = try CalibratedNetwork(graph, for: PruningRequest(keeping: 1), calibration: data)
    let group = network.targets[0]
    var entries: [Entry] = []
    func add(_ title: String, _ kept: [Int], _ seconds: Double) throws {
      let pruned = try graph.pruning([group], keeping: [group.id: kept])
      let accuracy = try Evaluation(of: pruned, on: test).top1
      entries.append(Entry(title: title, kept: kept.count, accuracy: accuracy, seconds: seconds))
    }
    let preparation = network.calibrationSeconds + network.problemSeconds
    for (title, method) in [
      (ISpaSP.title, ISpaSP() as any SelectionMethod), (Self.gramTitle, GreedyForwardSelection()),
    ] {
      for size in sizes {
        let start = ContinuousClock.now
        let kept = method.select(size, of: network.problems[0]).kept
        try add(title, kept, preparation + (ContinuousClock.now - start) / .seconds(1))
      }
    }
    var inputs: [String: Tensor] = [:]
    try DatasetCalibration(calibration.prefix(miniBatch), for: graph).forEachBatch(of: miniBatch) { inputs = $0 }
    let checkpoints = try PublishedGreedySelection(seed: seed).select(
      sizes, of: group, in: graph, on: inputs, progress: progress)
    for checkpoint in checkpoints { try add(Self.publishedTitle, checkpoint.kept, checkpoint.seconds) }
    self.entries = entries
    self.miniBatch = miniBatch
  }

  /// What the method `title` does at size `kept`.
  public func entry(_ title: String, _ kept: Int) -> Entry? {
    entries.first { $0.title == title && $0.kept == kept }
  }
}
