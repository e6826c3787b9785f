/// What says that a solution is one: how far from 0 the subgradient is there, in units that depend neither on those of
/// the features nor on those of the target.
///
/// *Coordinates.* Features are centred where there is an intercept, and divided by their standard deviations
/// (`StandardizedObjective`); `x_j deviation_j` are the coefficients of those.
///
/// *Slope.* With the gradient g of the average loss and the regulariser r there,
///
///     slope = max_j min |g_j + dr_j| / sigma_k,
///
/// the subgradient of least magnitude, as that of L1 at 0, divided by the root mean square `sigma_k` of the loss's
/// derivatives `l'` without any feature (`LossUnits`), k the linear predictor that j belongs to. For least squares this
/// is the correlation of a feature with what is left unexplained, relative to a target of deviation 1.
///
/// *Excess.* Where the loss has a kink, `l'` is chosen between the slopes that meet there. The choice is that of
/// Moreau's envelope, which is a subgradient up to `epsilon_i` (`MoreauEnvelope.excess`); `excess = mean_i epsilon_i /
/// delta`, relative to the average loss `delta` that a model without features is above its infimum. It is the duality
/// gap of the choice. Smooth losses have none.
///
/// *Promise.* By how much Newton's last step still expected the objective to fall, relative to delta; it sees what the
/// slope does not: directions in which the objective is nearly flat, and the minimum far.
///
/// *Tolerance.* Each must be at most 1e-6. In a direction of curvature c (1 for least squares on uncorrelated
/// features), an objective whose slope is s is about `s^2 / (2 c)` above its minimum: 1e-6 leaves a part in 1e12 of
/// what there is to explain, and 1e-6 where c is a millionth of what it usually is. Less cannot be asked for: values of
/// the objective are rounded to parts in 1e16, so that methods which compare them see slopes down to 1e-8 only. A slope
/// that is rounding of the predictors themselves (`LossUnits.rounding`) counts as 0.
package struct Certificate: Sendable {
  /// What each of the measures may be.
  package static let tolerance = 1e-6

  /// The largest subgradient of a coordinate.
  package let slope: Double
  /// By how much it may miss those of the loss itself.
  let excess: Double
  /// What a step of Newton's method still promised; 0 where none was asked.
  let promise: Double

  /// The certificate of a solution with this gradient of the average loss.
  package init<F: SmoothObjective>(
    of objective: F, at x: [Double], gradient: [Double], _ units: LossUnits, excess: Double = 0, promise: Double = 0
  ) {
    slope = units.slope(of: objective.penalty, at: x, gradient: gradient)
    self.excess = excess > 0 ? excess / units.deviance : 0
    self.promise = promise > 0 ? promise / units.deviance : 0
  }

  /// Whether the solution may be called one.
  package var holds: Bool { slope <= Self.tolerance && excess <= Self.tolerance && promise <= Self.tolerance }

  /// What was measured, in words.
  var description: String {
    if slope > Self.tolerance || slope.isNaN { return "a gradient of \(Self.digits(slope)) in standardised units" }
    if excess > Self.tolerance { return "a duality gap of \(Self.digits(excess)) of what there is to explain" }
    if promise > Self.tolerance {
      return "a promise of Newton's method of \(Self.digits(promise)) of what there is to explain"
    }
    return "a gradient of \(Self.digits(slope)) in standardised units"
      + (excess > 0 ? " and a duality gap of \(Self.digits(excess)) of what there is to explain" : "")
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
