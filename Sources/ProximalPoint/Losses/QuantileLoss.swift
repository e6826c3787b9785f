/// The pinball loss of quantile regression: `quantile u` for errors `u = b - g` above 0, `(quantile - 1) u` below.
///
/// Proximal step in closed form: onto the kink, `(b - g) / ||a||^2`, clamped to the range from
/// `step (quantile - 1)` to `step quantile`.
package struct QuantileLoss: Loss {
  /// The predicted quantile of the target; 0.5 is the median.
  package let quantile: Double

  /// The loss for a quantile between 0 and 1.
  package init(quantile: Double = 0.5) {
    precondition(quantile > 0 && quantile < 1, "a quantile is between 0 and 1")
    self.quantile = quantile
  }

  /// The name in reports.
  package var name: String { "quantile" }

  /// False: there is a kink at `g = b`.
  package var isSmooth: Bool { false }

  /// True: on both sides.
  package var hasLinearParts: Bool { true }

  /// At `g = b`, from `-quantile` to `1 - quantile`.
  package func slopeRange(_ b: Double) -> SlopeRange? {
    SlopeRange(kink: b, slopes: -quantile...1 - quantile)
  }

  /// `quantile u` or `(quantile - 1) u`, `u = b - g`.
  package func value(_ g: Double, _ b: Double) -> Double {
    let error = b - g
    return error >= 0 ? quantile * error : (quantile - 1) * error
  }

  /// `-quantile` below the target, `1 - quantile` above.
  package func derivative(_ g: Double, _ b: Double) -> Double { g < b ? -quantile : g > b ? 1 - quantile : 0 }

  /// 0: the loss is piecewise linear.
  package func curvature(_ g: Double, _ b: Double) -> Double { 0 }

  /// 0, at `g = b`.
  package func minimum(_ b: Double) -> Double { 0 }

  /// The step onto the kink, or as far as `step` allows.
  package func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm: Double) -> Double {
    guard g != b else { return 0 }
    return min(max((b - g) / squaredNorm, step * (quantile - 1)), step * quantile)
  }
}
