/// The bound on the error of a network whose layers are pruned one after another, each on the activations of the
/// network pruned so far: the multi-layer statement.
///
/// Let `U_l = W_l H_l + b_l` with `H_(l+1) = f(U_l)`, f with slopes of at most 1 (a rectifier), and let a tilde mark
/// the pruned network, in which layer l reads the kept rows of its own `H~_l`. With the residual that selection sees,
/// `V_l = W_l H~_l - W_l,S H~_l,S`, the error splits into what layer l loses and what it passes on:
///
///     U_l - U~_l            = V_l + W_l (H_l - H~_l)
///     || U_l - U~_l ||_F   <= || V_l ||_F + || W_l || || U_(l-1) - U~_(l-1) ||_F,
///
/// so that after L layers it is at most `sum over l of (product over m > l of || W_m ||) || V_l ||_F`. Each of the
/// `|| V_l ||_F` is bounded by the two-layer theorem (``RecoveryBound``) where that promises anything. The bound grows
/// with depth as the product of spectral norms does: with norms above 1, exponentially.
///
/// Proven for chains of dense layers, unchanged weights and biases, activations of slope at most 1. With additions,
/// normalisations, attention or re-fits it says nothing.
/// Source: C. R. Wolfe and A. Kyrillidis, L4DC 2022, section 4 (multi-layer networks).
package struct MultiLayerBound: Hashable, Sendable {
  /// After each layer, in order, the bound on `|| U_l - U~_l ||_F`.
  package private(set) var errors: [Double] = []

  /// The bound before any layer, which is 0.
  package init() {}

  /// Adds a layer that is pruned with the residual `|| V_l ||_F^2` and passes errors on by at most `gain`, its spectral
  /// norm.
  package mutating func append(residual: Double, gain: Double) {
    errors.append(residual.squareRoot() + gain * (errors.last ?? 0))
  }
}
