/// Scores of rows that are positive, negative, or a share of each.
struct RankedScores {
  /// The area under the receiver operating characteristic: the probability that a positive row has a higher score than
  /// a negative one, equal scores counting half. `nil` without rows of both kinds.
  ///
  /// Complexity: O(n log n).
  static func area(_ rows: [(score: Double, positive: Double, negative: Double)]) -> Double? {
    let sorted = rows.sorted { $0.score < $1.score }
    var (below, area, positives, negatives) = (0.0, 0.0, 0.0, 0.0)
    var start = 0
    while start < sorted.count {
      let end = sorted[start...].firstIndex { $0.score != sorted[start].score } ?? sorted.count
      let equal = sorted[start..<end]
      let (positive, negative) = equal.reduce((0.0, 0.0)) { ($0.0 + $1.positive, $0.1 + $1.negative) }
      area += positive * (below + 0.5 * negative)
      below += negative
      positives += positive
      negatives += negative
      start = end
    }
    return positives > 0 && negatives > 0 ? area / (positives * negatives) : nil
  }
}
