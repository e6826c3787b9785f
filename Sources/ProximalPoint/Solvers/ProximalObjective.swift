/// `F(y) = f(y) + ||y - z||^2 / (2 step)` for inner gradient steps: an accepted point, a trial point, and gradients at
/// both, stored as arrays of `Double` or in place, in the parameters of a network.
package protocol ProximalObjective {
  /// Evaluates F and its gradient at the trial point; NaN or infinite if single precision overflows.
  mutating func evaluate() -> Double

  /// `||grad F||^2` at the accepted point.
  var squaredGradient: Double { get }

  /// `||y - z||^2` at the accepted point.
  var squaredDistance: Double { get }

  /// Accepts the trial point and returns `||s||^2` and `<s, d>`, for the step s and the change d of the gradient.
  mutating func accept() -> (squaredLength: Double, curvature: Double)

  /// Moves the trial point to the accepted one minus `length` times its gradient.
  mutating func descend(by length: Double)

  /// Resets the trial point to the accepted one, as the final result.
  mutating func settle()
}
