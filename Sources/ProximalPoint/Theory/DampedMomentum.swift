/// The proven convergence of SPPAM with momentum damped by contraction (`MomentumDamping`).
///
/// Let the losses be quadratics with a common minimiser x* (interpolation), batches be drawn independently,
/// `M = (I + eta H)^-1` the proximal step of a batch and `rho` the smallest eigenvalue of `E[I - M]`. For momenta b_t
/// <= b independent of the batch drawn at t:
///
///     E ||e_(t+1)||^2 <= (1 - rho) (1 + 2 b) ((1 + b) E ||e_t||^2 + b E ||e_(t-1)||^2)
///
/// Proof: `M^2 <= M`, so `E ||M u||^2 <= u^T E[M] u <= (1 - rho) ||u||^2` for `u = (1 + b) e - b e'`, and `||u||^2 = (1
/// + b) ||e||^2 - b ||e'||^2 + b (1 + b) ||e - e'||^2 <= (1 + 2 b) ((1 + b) ||e||^2 + b ||e'||^2)` by `||e - e'||^2 <=
/// 2 ||e||^2 + 2 ||e'||^2`. The coefficients sum to less than 1, and errors vanish in mean square, if and only if
///
///     (1 - rho) (1 + 2 b)^2 < 1.
///
/// Damping gives `b = beta / (1 + eta L)`, L the smallest of the batches' bounds. As eta grows, b tends to 0, and rho
/// tends to the smallest eigenvalue of the average projection on the batches' spans: if the batches together span the
/// space, the condition holds for all large eta; without damping it holds for no large eta. For small eta the condition
/// fails, as for any heavy ball; there damped SPPAM is SPPAM. For the range in between, see the measurements in the
/// guide.
package struct DampedMomentum: Hashable, Sendable {
  /// b: the largest momentum of a step.
  package let momentum: Double
  /// rho: the smallest eigenvalue of `E[I - M]`.
  package let averageContraction: Double

  /// The bound for a momentum and an average contraction.
  package init(momentum: Double, averageContraction: Double) {
    self.momentum = momentum
    self.averageContraction = averageContraction
  }

  /// The coefficients of `E ||e_t||^2` and `E ||e_(t-1)||^2`.
  package var coefficients: (current: Double, previous: Double) {
    let common = (1 - averageContraction) * (1 + 2 * momentum)
    return (common * (1 + momentum), common * momentum)
  }

  /// Whether convergence in mean square is proven: `(1 - rho) (1 + 2 b)^2 < 1`.
  package var isProven: Bool {
    (1 - averageContraction) * (1 + 2 * momentum) * (1 + 2 * momentum) < 1
  }
}
