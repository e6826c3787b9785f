/// The absolute values, `r(x) = strength |x|`: lasso, with exact zeros.
///
/// `prox_R` moves x towards 0 by `step strength`, to 0 exactly if it is nearer: the elastic net without its L2 part.
package struct L1: Regularizer {
  private let net: ElasticNet

  /// The regulariser of a strength.
  package init(_ strength: Double) {
    net = ElasticNet(l1: strength, l2: 0)
  }

  /// The factor lambda, not negative.
  package var strength: Double { net.l1 }

  /// The name in reports.
  package var name: String { "L1(\(strength))" }

  /// `strength |x|`.
  package func value(_ x: Double) -> Double { net.value(x) }

  /// `strength sign(x)`; from `-strength` to `strength` at 0.
  package func subdifferential(_ x: Double) -> ClosedRange<Double> { net.subdifferential(x) }

  /// x moved towards 0 by `step strength`.
  package func proximal(_ x: Double, step: Double) -> Double { net.proximal(x, step: step) }

  /// 1 where x stays away from 0, else 0.
  package func slope(_ x: Double, step: Double) -> Double { net.slope(x, step: step) }

  /// As for `ElasticNet`. Complexity: O(1), with momentum O(steps).
  package func drift(_ coordinate: inout Coordinate, steps: Int, momentum: MomentumDecay, step: Double) {
    net.drift(&coordinate, steps: steps, momentum: momentum, step: step)
  }
}
