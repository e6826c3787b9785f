/// The stochastic proximal point algorithm with momentum: `x+ = x - eta grad f_i(x+) + beta (x - x_previous)`.
///
/// The proximal step of f_i from `z = x + beta (x - x_previous)`. J. L. Kim, P. Toulis, A. Kyrillidis, "Convergence and
/// Stability of the Stochastic Proximal Point Algorithm with Momentum" (L4DC 2022).
package struct SPPAM: ProximalMethod {
  /// The step size eta.
  package var step: Double

  /// The momentum beta.
  package var momentum: Double

  /// The number of examples of a step, and how they are combined.
  package var batch: Batch
  /// The damping of the momentum; none as published.
  package var damping: MomentumDamping

  /// The method for a step size and a momentum; use damping with joint batches and large steps.
  package init(step: Double, momentum: Double, batch: Batch = .example, damping: MomentumDamping = .none) {
    self.step = step
    self.momentum = momentum
    self.batch = batch
    self.damping = damping
  }

  /// The name in reports.
  package var name: String { "SPPAM" }
}
