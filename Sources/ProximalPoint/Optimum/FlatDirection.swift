/// A direction in which an objective never increases again: its infimum is at infinity, as for the likelihood of a
/// separated target (A. Albert, J. Anderson, Biometrika 1984).
///
/// Along such a direction d, every example's loss decreases to its infimum or stays constant. Descent methods end up
/// moving along d, with steps that do not shrink while the objective hardly changes; near a finite minimum, steps
/// shrink with their predicted decrease.
package enum FlatDirection {
  /// Whether a step is such a direction: it moves a predictor by at least 0.1, and scaled to move one by 10, it raises
  /// the objective by at most 1e-9 of the deviance of the model without features.
  static func isFlat<F: SmoothObjective>(
    _ step: [Double], of objective: F, at x: [Double], value: Double, _ units: LossUnits?
  ) -> Bool {
    let reach = objective.reach(of: step)
    guard reach > 0.1, reach.isFinite else { return false }
    let far = objective.value(zip(x, step).map { $0 + 10 / reach * $1 })
    return far <= value + 1e-9 * min(units?.deviance ?? value, abs(value))
  }

  /// The coefficients that a step moves by at least a thousandth of the largest movement.
  ///
  /// - Parameters:
  ///   - step: The step in standardised coordinates, in blocks of this size, in which features are comparable.
  ///   - restored: The step in coefficients of the original features, used for the intercepts: in standardised
  ///     coordinates these move with every feature.
  package static func coefficients(moving step: [Double], restored: [Double], block: Int, features: Int) -> [Int] {
    let largest = step.reduce(0) { max($0, abs($1)) }
    return step.indices.filter { abs($0 % block < features ? step[$0] : restored[$0]) >= 1e-3 * largest }
  }
}
