/// The strengths of a path of penalties, and how one of them is chosen.
package struct PathOptions: Hashable, Sendable {
  /// How a strength is chosen from its held-out deviances.
  package enum Rule: String, CaseIterable, Sendable {
    /// The smallest mean.
    case smallest = "min"
    /// The strongest penalty whose mean is within one standard error of the smallest (L. Breiman et al., Classification
    /// and Regression Trees, 1984, section 3.4.3).
    case oneStandardError = "1se"
  }

  /// The share of the absolute values in the penalty: 1 for L1, 0 for L2, between them the elastic net.
  package var l1Ratio: Double
  /// The number of strengths, equidistant in their logarithms.
  package var count: Int
  /// The smallest strength as a share of the largest; `nil` for 1e-4, or 1e-2 where there are fewer rows than features,
  /// or 1e-6 without absolute values.
  package var smallestShare: Double?
  /// The strengths themselves; `nil` for those of a grid.
  package var strengths: [Double]?
  /// The number of folds of the cross-validation; `nil` for none.
  package var folds: Int?
  /// How a strength is chosen.
  package var rule: Rule

  /// Options.
  package init(
    l1Ratio: Double = 1, count: Int = 100, smallestShare: Double? = nil, strengths: [Double]? = nil,
    folds: Int? = nil, rule: Rule = .smallest
  ) {
    self.l1Ratio = l1Ratio
    self.count = count
    self.smallestShare = smallestShare
    self.strengths = strengths
    self.folds = folds
    self.rule = rule
  }

  /// The strengths from a largest one, descending.
  func grid(largest: Double, rows: Int, features: Int) -> [Double] {
    if let strengths { return strengths.sorted(by: >) }
    guard count > 1 else { return [largest] }
    let share = smallestShare ?? (l1Ratio == 0 ? 1e-6 : rows < features ? 1e-2 : 1e-4)
    return (0..<count).map { largest * share.raised(to: Double($0) / Double(count - 1)) }
  }
}
