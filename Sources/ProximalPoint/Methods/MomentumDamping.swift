/// How momentum is held back where proximal steps are long.
///
/// Plain momentum beta carries a velocity on in the directions that a batch does not see, undamped but for beta; where each
/// proximal step is long (a large step size, a joint batch), the velocities pile up and the iterates diverge. Damped by
/// contraction, the momentum of a step is
///
///     beta_t = beta c_t,    c_t = 1 / (1 + eta L_t)
///
/// where `eta L_t` bounds the curvature of the last batch's loss at its proximal point times the step size, so that c_t is the
/// factor by which that proximal step contracted at least. For small steps c_t is near 1 and this is SPPAM; for large steps
/// it tends to 0 and this is SPPA, which then needs no momentum: one step solves its batch. See the guide for what is
/// proven (`DampedMomentum`) and what is measured.
package enum MomentumDamping: String, Hashable, Sendable {
  /// The momentum as it is: SPPAM as published.
  case none
  /// Momentum only within what the last proximal step contracted. Sparse rows then cost a pass over all coordinates a step.
  case contraction
}
