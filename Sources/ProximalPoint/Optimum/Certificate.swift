/// The test of optimality of a solution: the distance of the subgradient from 0, in units independent of those of
/// features and target.
///
/// *Coordinates.* Features are centred if there is an intercept, and divided by their standard deviations
/// (`StandardizedObjective`); their coefficients are `x_j deviation_j`.
///
/// *Slope.* With the gradient g of the average loss and the regulariser r in these coordinates,
///
///     slope = max_j min |g_j + dr_j| / sigma_k,
///
/// the subgradient of least magnitude (for L1 at 0, say), divided by the root mean square `sigma_k` of the derivatives
/// `l'` of the model without features (`LossUnits`); k is the linear predictor of j. For least squares this is the
/// correlation of a feature with the residual, relative to a target of deviation 1.
///
/// *Excess.* At a kink of the loss, `l'` is chosen between the slopes on both sides: that of Moreau's envelope, which
/// is a subgradient up to `epsilon_i` (`MoreauEnvelope.excess`), or that of an interior point method
/// (`BoxProblem.excess`), with `|g^T u|` added for the gradient g that is left at the coefficients u. `excess = mean_i
/// epsilon_i / delta`, relative to the explained loss delta: the objective of the model without features less that of
/// the solution. It is the duality gap of the choice, and 0 for smooth losses.
///
/// *Promise.* The decrease of the objective predicted by the last Newton step, relative to delta. It covers what the
/// slope misses: directions in which the objective is nearly flat and the minimum far.
///
/// *Tolerance.* Each must be at most 1e-6. In a direction of curvature c (1 for least squares on uncorrelated
/// features), an objective of slope s is about `s^2 / (2 c)` above its minimum: 1e-6 leaves a share of 1e-12 of the
/// loss, or 1e-6 if c is a millionth of its usual value. A smaller tolerance cannot be met: values of the objective are
/// rounded to parts in 1e16, so methods that compare them resolve slopes down to only 1e-8. A slope below the rounding
/// of the predictors (`LossUnits.rounding`) counts as 0.
package struct Certificate: Sendable {
  /// The maximum of each measure.
  package static let tolerance = 1e-6

  /// The largest subgradient of a coordinate.
  package let slope: Double
  /// The amount by which that subgradient may miss one of the loss itself.
  let excess: Double
  /// The decrease predicted by a Newton step; 0 if none was computed.
  let promise: Double

  /// The certificate of a solution with this gradient of the average loss.
  package init<F: SmoothObjective>(
    of objective: F, at x: [Double], gradient: [Double], _ units: LossUnits, excess: Double = 0, promise: Double = 0
  ) {
    slope = units.slope(of: objective.penalty, at: x, gradient: gradient)
    let explained = excess > 0 || promise > 0 ? units.explained(by: objective.value(x)) : 1
    func relative(_ decrease: Double) -> Double { decrease.isNaN ? .infinity : max(0, decrease / explained) }
    self.excess = relative(excess)
    self.promise = relative(promise)
  }

  /// The certificate of slopes that were found together with a solution.
  ///
  /// - Parameters:
  ///   - slope: What is left of the gradient for these slopes, in units.
  ///   - excess: The duality gap, not yet relative.
  ///   - explained: The explained loss.
  init(slope: Double, excess: Double, explained: Double) {
    self.slope = slope
    self.excess = excess / explained
    promise = 0
  }

  /// Whether the solution counts as optimal.
  package var holds: Bool { slope <= Self.tolerance && excess <= Self.tolerance && promise <= Self.tolerance }

  /// The measures, in words.
  var description: String {
    if slope > Self.tolerance || slope.isNaN { return "a gradient of \(Self.digits(slope)) in standardised units" }
    if excess > Self.tolerance { return "a duality gap of \(Self.digits(excess)) of the explained loss" }
    if promise == .infinity { return "an unknown promise of Newton's method" }
    if promise > Self.tolerance {
      return "a promise of Newton's method of \(Self.digits(promise)) of the explained loss"
    }
    return "a gradient of \(Self.digits(slope)) in standardised units"
      + (excess > 0 ? " and a duality gap of \(Self.digits(excess)) of the explained loss" : "")
  }

  /// A number to two digits.
  private static func digits(_ value: Double) -> String {
    guard value > 0, value.isFinite else { return "\(value)" }
    var (mantissa, exponent) = (value, 0)
    while mantissa >= 9.95 {
      mantissa /= 10
      exponent += 1
    }
    while mantissa < 0.995 {
      mantissa *= 10
      exponent -= 1
    }
    let rounded = (mantissa * 10).rounded() / 10
    return (-3..<6).contains(exponent) ? "\((value * 1e4).rounded() / 1e4)" : "\(rounded)e\(exponent)"
  }
}
