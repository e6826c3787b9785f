import EspalierPruning

/// Several comparisons of the same methods and sizes (one per seed), summarised by mean and range.
package struct ComparisonSummary: Sendable {
  /// The figures of one method at one size.
  package struct Entry: Sendable {
    /// The name of the method in reports.
    package let title: String
    /// The number of units kept.
    package let kept: Int
    /// Multiply-accumulate operations of the pruned network.
    package let macs: Int
    /// The mean accuracy.
    package let accuracy: Double
    /// The lowest and the highest accuracy.
    package let range: ClosedRange<Double>
    /// Mean seconds of selection and re-fit, without calibration.
    package let seconds: Double
    /// The mean of the residual over the energy of the output, after the re-fit if there is one.
    package let relativeResidual: Double
  }

  /// The entries, method by method.
  package let entries: [Entry]
  /// The methods, in order.
  package let titles: [String]
  /// The sizes, in order.
  package let sizes: [Int]
  /// The mean accuracy of the dense networks.
  package let denseAccuracy: Double
  /// The cost of a dense network.
  package let denseCost: ModelCost
  /// Mean seconds of the calibration pass.
  package let calibrationSeconds: Double
  /// The number of calibration samples.
  package let sampleCount: Int
  /// The number of networks trained.
  package let seedCount: Int

  /// Summarises `comparisons`, at least one, all of the same methods and sizes.
  package init(_ comparisons: [MethodComparison]) {
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    entries = comparisons[0].outcomes.indices.map { index in
      let outcomes = comparisons.map { $0.outcomes[index] }
      let accuracies = outcomes.map(\.accuracy)
      return Entry(
        title: outcomes[0].title, kept: outcomes[0].kept, macs: outcomes[0].cost.macs,
        accuracy: mean(accuracies),
        range: accuracies.min()!...accuracies.max()!,
        seconds: mean(outcomes.map(\.seconds)), relativeResidual: mean(outcomes.map(\.relativeResidual)))
    }
    var (titles, sizes): ([String], [Int]) = ([], [])
    for entry in entries {
      if !titles.contains(entry.title) { titles.append(entry.title) }
      if !sizes.contains(entry.kept) { sizes.append(entry.kept) }
    }
    self.titles = titles
    self.sizes = sizes
    denseAccuracy = mean(comparisons.map(\.dense.accuracy))
    denseCost = comparisons[0].dense.cost
    calibrationSeconds = mean(comparisons.map(\.dense.calibrationSeconds))
    sampleCount = comparisons[0].dense.sampleCount
    seedCount = comparisons.count
  }

  /// The figures of the method `title`, size by size.
  package func entries(of title: String) -> [Entry] {
    entries.filter { $0.title == title }
  }

  /// The figures of the method `title` at size `kept`.
  package func entry(_ title: String, _ kept: Int) -> Entry? {
    entries.first { $0.title == title && $0.kept == kept }
  }
}
