import EspalierProximalPoint

/// SPPA and SPPAM for networks: each step is the proximal step of the mini-batch's loss f, from where momentum leads.
///
///     z  = x + momentum (x - x_previous)
///     x+ = argmin_y f(y) + weightDecay ||y||^2 / 2 + ||y - z||^2 / (2 stepSize)    (SPPAM; SPPA where momentum is 0)
///
/// The minimum is approached from z by at most K gradient steps on the same mini-batch, with the stopping rule of
/// ``InexactProximalStep``. With K = 1 and a short step it is the heavy ball at z, which is Nesterov's method; with
/// more, a step size that is far too large for the loss's curvature is shortened where it must be. Each inner step
/// costs a run forward and backward.
///
/// Long proximal steps solve their mini-batch, and a velocity lives on in the directions that it does not see: with
/// momentum 0.9 and long steps, networks unlearn as joint mini-batches of linear models diverge. Damped momentum is
/// multiplied by what the last step contracted, `||y - z|| / (stepSize ||grad f(z)||)`: 1 for short steps, next to
/// nothing for long ones.
///
/// Source: J. L. Kim, P. Toulis, A. Kyrillidis, "Convergence and Stability of the Stochastic Proximal Point Algorithm
/// with Momentum" (L4DC 2022); its experiments solve the proximal step in closed form, which a network has not.
package struct StochasticProximalPoint: Optimizer, Hashable {
  /// How much of the last step is taken again: beta.
  package var momentum: Float
  /// How strongly weights are drawn to zero; biases and normalisation never are.
  package var weightDecay: Float
  /// Whether momentum is held back by what a step contracts; not at all as published.
  package var damping: MomentumDamping
  /// How the proximal step is approached.
  package var inner: InexactProximalStep

  /// The rule with these settings.
  package init(
    momentum: Float = 0.9, weightDecay: Float = 0, damping: MomentumDamping = .contraction,
    inner: InexactProximalStep = InexactProximalStep(iterations: 5)
  ) {
    self.damping = damping
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.inner = inner
  }

  /// The point before the last step, `x_previous`.
  package var stateNames: [String] { ["previous point"] }

  /// z, the accepted point of inner steps, and the gradient there.
  package var workspaceCount: Int { 3 }

  /// Returns the loss at z. Costs ``InexactProximalStep/minimize(_:step:)``'s evaluations, and some passes over the
  /// parameters for each.
  package func take(_ step: OptimizationStep) -> Double { proximalStep(step).first }

  /// The same step, with all that is known of it.
  package func proximalStep(_ step: OptimizationStep) -> InexactProximalStep.Outcome {
    var objective = NetworkObjective(step, weightDecay: weightDecay)
    objective.extrapolate(momentum: momentum)
    let outcome = inner.minimize(&objective, step: Double(step.stepSize))
    if damping == .contraction { objective.shortenVelocity(by: Float(outcome.contraction)) }
    return outcome
  }
}
