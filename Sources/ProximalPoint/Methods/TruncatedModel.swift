/// The truncated model of aProx: the gradient step, cut where the linear model of the loss reaches its infimum.
///
/// `x+ = z - min(eta, (l - inf l) / ||grad||^2) grad`, all at z: the proximal step of the model
/// `max(l + <grad, y - z>, inf l)`. H. Asi, J. Duchi, "Stochastic (approximate) proximal point methods: convergence,
/// optimality, and adaptivity" (SIAM Journal on Optimization 2019). Momentum is not part of the paper.
package struct TruncatedModel: StochasticMethod {
  /// The step size eta.
  package var step: Double

  /// The momentum beta.
  package var momentum: Double

  /// The number of examples of a step.
  package var batch: Batch

  /// The method for a step size and, optionally, a momentum.
  package init(step: Double, momentum: Double = 0, batch: Batch = .example) {
    self.step = step
    self.momentum = momentum
    self.batch = batch
  }

  /// The name in reports.
  package var name: String { "truncated model" }

  /// True.
  package static var looksAhead: Bool { true }

  /// The capped gradient step.
  package func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    let derivative = loss.derivative(predictor, target)
    guard derivative != 0 else { return 0 }
    let excess = max(0, loss.value(predictor, target) - loss.minimum(target))
    // Two divisions, because the square of a large derivative overflows.
    let reach = excess / abs(derivative) / squaredNorm
    return (derivative > 0 ? -1 : 1) * min(step * abs(derivative), reach)
  }
}
