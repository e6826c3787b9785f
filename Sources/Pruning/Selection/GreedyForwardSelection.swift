/// Greedy forward selection from the Gram matrix: starts empty and adds, one at a time, the unit that lowers the
/// residual `|| U - U_S ||_F^2` most, kept weights unchanged.
///
/// With `r_k = sum over j not in S of Q_kj`, adding k lowers the residual by `2 r_k - Q_kk`: one pass over the data
/// replaces the forward pass that the published method makes for every candidate at every step.
///
/// Source: M. Ye et al., "Good subnetworks provably exist: pruning via greedy forward selection", ICML 2020, Algorithm
/// 1. Complexity: O(units^2) to set up, then O(units) for each unit added.
package struct GreedyForwardSelection: SelectionMethod {
  /// `gfs`.
  package static let identifier = "gfs"
  /// The title in reports.
  package static let title = "GFS"
  /// Second moments: residuals follow from products of contributions.
  package static let need = StatisticsNeed.secondMoments

  /// The method, which has no settings.
  package init() {}

  /// Adds `count` units.
  package func select(_ count: Int, of problem: SelectionProblem) -> Selection {
    guard let interaction = problem.interaction else { preconditionFailure("GFS needs second moments") }
    var remaining = (0..<problem.unitCount).map { interaction.row($0).reduce(0, +) }
    var isKept = [Bool](repeating: false, count: problem.unitCount)
    for _ in 0..<count {
      var best: (unit: Int, decrease: Double)?
      for unit in 0..<problem.unitCount where !isKept[unit] {
        let decrease = 2 * remaining[unit] - interaction[unit, unit]
        if decrease > best?.decrease ?? -.infinity { best = (unit, decrease) }
      }
      guard let unit = best?.unit ?? isKept.firstIndex(of: false) else { break }
      isKept[unit] = true
      for (other, value) in interaction.row(unit).enumerated() { remaining[other] -= value }
    }
    return Selection(keeping: isKept.indices.filter { isKept[$0] }, of: problem)
  }
}
