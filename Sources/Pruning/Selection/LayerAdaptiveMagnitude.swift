/// LAMP for units: the squared norm of the weights that produce a unit over the sum of those of its group that are not
/// smaller.
///
///     score_i = || F_i ||^2 / sum over j with || F_j || >= || F_i || of || F_j ||^2
///
/// Within a group the order is that of the norms, so the units kept are those of ``Magnitude/L2``. LAMP is about
/// sharing: scores of different groups compare, because each is the share of the group's remaining energy that goes
/// with the unit. So of all groups together, as many units as the request asks for are kept, those with the largest
/// scores; the largest unit of each group scores 1 and is always kept. A group whose own fraction is given keeps it.
///
/// Source: J. Lee et al., "Layer-adaptive sparsity for the magnitude-based pruning", ICLR 2021, section 2; there for
/// single weights, here for units. Complexity: O(weights + units log units).
package struct LayerAdaptiveMagnitude: SharingMethod {
  /// `lamp`.
  package static let identifier = "lamp"
  /// The title in reports.
  package static let title = "LAMP"
  /// No second moments.
  package static let need = StatisticsNeed.sums

  /// The method, which has no settings.
  package init() {}

  /// Keeps the `count` units with the largest scores.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    problem.keepingLargest(count, by: problem.knownProducerWeights.squaredNorms)
  }

  /// Shares the units asked for in all among the groups, by score.
  package func shares(_ asked: [Int], among groups: [ProducerWeights]) -> [Int] {
    let scores = groups.map { self.scores($0.squaredNorms) }
    let owners = scores.enumerated().flatMap { group, own in own.map { _ in group } }
    var counts = groups.map { _ in 0 }
    for unit in owners.indices.largest(asked.reduce(0, +), by: scores.flatMap { $0 }) { counts[owners[unit]] += 1 }
    return counts
  }

  /// The scores of units with these squared norms; of equal units, the first counts as larger.
  private func scores(_ squares: [Double]) -> [Double] {
    var scores = squares
    var larger = 0.0
    for unit in squares.indices.largest(squares.count, by: squares) {
      larger += squares[unit]
      scores[unit] = larger > 0 ? squares[unit] / larger : 0
    }
    return scores
  }
}
