/// A direction in which an objective never rises again: its infimum is at infinity, as that of a likelihood is where
/// the target is separated (A. Albert, J. Anderson, Biometrika 1984).
///
/// Along such a direction d, every example's loss falls to its infimum or stays as it is. Methods that lower the
/// objective end up moving along it, with steps that stay as long as ever while the objective hardly changes; near a
/// finite minimum steps shrink with what they promise.
package enum FlatDirection {
  /// Whether a step is such a direction: it moves a predictor by a tenth at least, and where it is so long that one
  /// moves by ten, the objective is no higher than here by more than a part in 1e9 of what there is to explain.
  static func isFlat<F: SmoothObjective>(
    _ step: [Double], of objective: F, at x: [Double], value: Double, _ units: LossUnits?
  ) -> Bool {
    let reach = objective.reach(of: step)
    guard reach > 0.1, reach.isFinite else { return false }
    let far = objective.value(zip(x, step).map { $0 + 10 / reach * $1 })
    return far <= value + 1e-9 * min(units?.deviance ?? value, abs(value))
  }

  /// The coefficients that move along a step: by a thousandth of the largest at least.
  ///
  /// - Parameters:
  ///   - step: The step in standardised coordinates, in blocks of this size, in which features can be compared.
  ///   - restored: The same in coefficients of the features as they are, of which the intercepts count: those of
  ///     standardised coordinates move with every feature.
  package static func coefficients(moving step: [Double], restored: [Double], block: Int, features: Int) -> [Int] {
    let largest = step.reduce(0) { max($0, abs($1)) }
    return step.indices.filter { abs($0 % block < features ? step[$0] : restored[$0]) >= 1e-3 * largest }
  }
}
