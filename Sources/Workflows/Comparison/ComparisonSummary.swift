import Pruning

/// Several comparisons of the same methods and sizes (one a seed), summed up by mean and range.
public struct ComparisonSummary: Sendable {
  /// The figures of one method at one size.
  public struct Entry: Sendable {
    /// The name of the method in reports.
    public let title: String
    /// How many units were kept.
    public let kept: Int
    /// Multiply-accumulate operations of the pruned network.
    public let macs: Int
    /// The mean accuracy.
    public let accuracy: Double
    /// The lowest and the highest accuracy.
    public let range: ClosedRange<Double>
    /// Mean seconds of selecting and re-fitting, the statistics being there.
    public let seconds: Double
    /// The mean of the residual over the energy of the output, re-fitted where the method is.
    public let relativeResidual: Double
  }

  /// The entries, method by method.
  public let entries: [Entry]
  /// The methods, in order.
  public let titles: [String]
  /// The sizes, in order.
  public let sizes: [Int]
  /// The mean accuracy of the dense networks.
  public let denseAccuracy: Double
  /// The cost of a dense network.
  public let denseCost: ModelCost
  /// Mean seconds of the calibration pass.
  public let calibrationSeconds: Double
  /// How many calibration samples were seen.
  public let sampleCount: Int
  /// How many networks were trained.
  public let seedCount: Int

  /// Sums up `comparisons`, at least one, all of the same methods and sizes.
  public init(_ comparisons: [MethodComparison]) {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    entries = comparisons[0].outcomes.indices.map { index in
      let outcomes = comparisons.map { $0.outcomes[index] }
      let accuracies = outcomes.map(\.accuracy)
      return Entry(
        title: outcomes[0].title, kept: outcomes[0].kept, macs: outcomes[0].result.after.macs,
        accuracy: mean(accuracies),
        range: accuracies.min()!...accuracies.max()!,
        seconds: mean(outcomes.map { $0.result.seconds.selection + $0.result.seconds.refit }),
        relativeResidual: mean(
          outcomes.map { outcome in
            let group = outcome.result.groups[0]
            return (group.refittedResidual ?? group.residual) / max(group.outputEnergy, .leastNormalMagnitude)
          }))
    }
    var (titles, sizes): ([String], [Int]) = ([], [])
    for entry in entries {
      if !titles.contains(entry.title) { titles.append(entry.title) }
      if !sizes.contains(entry.kept) { sizes.append(entry.kept) }
    }
    self.titles = titles
    self.sizes = sizes
    denseAccuracy = mean(comparisons.map(\.denseAccuracy))
    denseCost = comparisons[0].denseCost
    calibrationSeconds = mean(comparisons.map(\.calibrationSeconds))
    sampleCount = comparisons[0].sampleCount
    seedCount = comparisons.count
  }

  /// The figures of the method `title`, size by size.
  public func entries(of title: String) -> [Entry] {
    entries.filter { $0.title == title }
  }

  /// The figures of the method `title` at size `kept`.
  public func entry(_ title: String, _ kept: Int) -> Entry? {
    entries.first { $0.title == title && $0.kept == kept }
  }
}
