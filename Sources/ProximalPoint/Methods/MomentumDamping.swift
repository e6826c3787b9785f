/// The damping of momentum where proximal steps are long.
///
/// With plain momentum beta, the velocity in directions that a batch does not see decays only by beta. Where each
/// proximal step is long (a large step size, a joint batch), velocities accumulate and the iterates diverge. Damped by
/// contraction, the momentum of a step is
///
///     beta_t = beta c_t,    c_t = 1 / (1 + eta L_t)
///
/// where `eta L_t` is the step size times a bound on the curvature of the last batch's loss at its proximal point: that
/// proximal step contracted at least by c_t. For small steps c_t is near 1, which gives SPPAM; for large steps it tends
/// to 0, which gives SPPA: one step then solves its batch and needs no momentum. `DampedMomentum` states the proven
/// part; the guide, the measurements.
package enum MomentumDamping: String, Hashable, Sendable {
  /// Undamped: SPPAM as published.
  case none
  /// Scaled by the contraction of the last proximal step. Each step on sparse rows then costs a pass over all
  /// coordinates.
  case contraction
}
