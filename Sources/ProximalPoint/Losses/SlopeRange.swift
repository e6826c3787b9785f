/// A loss with linear parts as the largest of functions of its slope t:
///
///     l(g, b) = max_{t in slopes} t (g - kink) - softness t^2 / 2.
///
/// Without softness, l is linear on both sides of a kink; with it, a parabola of curvature `1 / softness` joins them.
/// The maximiser t is a derivative of l at g; any other t in the range is one up to the difference, ``excess``.
package struct SlopeRange: Hashable, Sendable {
  /// The predictor between the linear parts.
  package let kink: Double
  /// The slopes, from that of the linear part on the left to that on the right.
  package let slopes: ClosedRange<Double>
  /// The inverse curvature between the linear parts.
  package let softness: Double

  /// A range of slopes.
  package init(kink: Double, slopes: ClosedRange<Double>, softness: Double = 0) {
    self.kink = kink
    self.slopes = slopes
    self.softness = softness
  }

  /// The maximiser t at a predictor, with a softness increased by `width` (that of Moreau's envelope).
  package func slope(_ predictor: Double, width: Double) -> Double {
    min(max((predictor - kink) / (softness + width), slopes.lowerBound), slopes.upperBound)
  }
}
