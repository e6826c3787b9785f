/// The stochastic proximal point algorithm with momentum: `x+ = x - eta grad f_i(x+) + beta (x - x_previous)`.
///
/// The proximal step of f_i from `z = x + beta (x - x_previous)`. J. L. Kim, P. Toulis, A. Kyrillidis, "Convergence and Stability of
/// the Stochastic Proximal Point Algorithm with Momentum" (L4DC 2022).
public struct SPPAM: ProximalMethod {
  /// The step size eta.
  public var step: Double

  /// The momentum beta.
  public var momentum: Double

  /// How many examples make a step.
  public var batch: Batch
  /// How momentum is held back; not at all as published.
  public var damping: MomentumDamping

  /// The method of a step size and a momentum; for joint batches and large steps, with damping.
  public init(step: Double, momentum: Double, batch: Batch = .example, damping: MomentumDamping = .none) {
    self.step = step
    self.momentum = momentum
    self.batch = batch
    self.damping = damping
  }

  /// The word for it.
  public var name: String { "SPPAM" }
}
