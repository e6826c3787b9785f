/// `F(y) = f(y) + ||y - z||^2 / (2 step)` as inner gradient steps see it: an accepted point, a trial point, and gradients at both,
/// in whatever memory suits: arrays of `Double`, or the parameters of a network where they lie.
package protocol ProximalObjective {
  /// F at the trial point, its gradient noted. Not a number or infinite where single precision does not hold it.
  mutating func evaluate() -> Double

  /// `||grad F||^2` at the accepted point.
  var squaredGradient: Double { get }

  /// `||y - z||^2` at the accepted point.
  var squaredDistance: Double { get }

  /// Makes the trial point the accepted one, and returns what lies between the two: `||s||^2` and `<s, d>`, for the step s and the change d
  /// of the gradient.
  mutating func accept() -> (squaredLength: Double, curvature: Double)

  /// Puts the trial point `length` down the gradient of the accepted one.
  mutating func descend(by length: Double)

  /// Puts the trial point back to the accepted one, for good.
  mutating func settle()
}
