/// The proximal step of any function with a value and a gradient, by inner gradient steps; used for networks.
///
/// Minimises `F(y) = f(y) + ||y - z||^2 / (2 step)` from `y = z` by at most `iterations` gradient steps. F is
/// 1/step-strongly convex if f is convex. The first inner step has the length `step` (which would solve `f = 0`), later
/// ones that of Barzilai and Borwein, at most `step`. Each is shortened until F decreases by 1e-4 of the prediction of
/// its slope (Armijo): to the minimum of the interpolating parabola, but by a factor between a thousandth and a half.
/// Ends early once `||grad F(y)||` is at most `tolerance ||y - z|| / step`: the relative error criterion of inexact
/// proximal points (M. Solodov, B. Svaiter, 1999), under which exact convergence is kept for any tolerance below 1.
package struct InexactProximalStep: Hashable, Sendable {
  /// The maximum number K of inner gradient steps.
  package var iterations: Int
  /// The inner gradient at which to stop, as a share of `||y - z|| / step`.
  package var tolerance: Double

  /// Inner steps with these limits.
  package init(iterations: Int = 10, tolerance: Double = 0.5) {
    precondition(iterations > 0 && tolerance > 0)
    self.iterations = iterations
    self.tolerance = tolerance
  }

  /// The result of the inner steps.
  package struct Outcome: Hashable, Sendable {
    /// F at z, which equals f at z.
    package let first: Double
    /// Whether the stopping rule was met.
    package let isWithinTolerance: Bool
    /// The number of evaluations of the function.
    package let evaluations: Int
    /// The factor by which the step shrank the gradient, `||y - z|| / (step ||grad f(z)||)`, at most 1: on a quadratic,
    /// an average of `1 / (1 + step lambda)` over the directions of the gradient.
    package let contraction: Double
  }

  /// Takes inner steps until the stopping rule is met or none are left; the accepted point is then the proximal step.
  ///
  /// The trial point of `objective` must be z. Costs at most `1 + 30 iterations` evaluations, usually little more than
  /// `1 + iterations`.
  package func minimize(_ objective: inout some ProximalObjective, step: Double) -> Outcome {
    let first = objective.evaluate()
    _ = objective.accept()
    var (here, evaluations, length) = (first, 1, step)
    let explicit = step * objective.squaredGradient.squareRoot()
    func outcome(_ isMet: Bool) -> Outcome {
      let contraction = explicit > 0 ? min(1, objective.squaredDistance.squareRoot() / explicit) : 1
      return Outcome(first: first, isWithinTolerance: isMet, evaluations: evaluations, contraction: contraction)
    }
    func isMet() -> Bool {
      objective.squaredGradient.squareRoot() <= tolerance * objective.squaredDistance.squareRoot() / step
    }
    for _ in 0..<iterations {
      if isMet() { return outcome(true) }
      let slope = objective.squaredGradient
      var next: Double?
      for _ in 0..<30 where next == nil {
        objective.descend(by: length)
        let there = objective.evaluate()
        evaluations += 1
        if there <= here - 1e-4 * length * slope {
          next = there
        } else {
          length *= Self.shortening(excess: there - here + length * slope, promised: length * slope)
        }
      }
      guard let next else {
        objective.settle()
        break
      }
      let (squaredLength, curvature) = objective.accept()
      // At most `step`: the curvature of F is at least 1/step where f is convex.
      length = curvature > 0 ? min(squaredLength / curvature, step) : step
      here = next
    }
    return outcome(isMet())
  }

  /// The factor for a step that did not decrease F: the parabola through F and its slope here and F at the trial point
  /// has its minimum at `promised / (2 excess)` of the way.
  private static func shortening(excess: Double, promised: Double) -> Double {
    guard excess.isFinite, excess > 0 else { return 0.1 }
    return min(max(promised / (2 * excess), 1e-3), 0.5)
  }
}
