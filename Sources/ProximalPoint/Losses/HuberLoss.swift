/// Huber's loss: `u^2 / 2` for errors `u = b - g` of at most `threshold`, `threshold (|u| - threshold / 2)` beyond.
///
/// Proximal step in closed form: that of the squared loss, clamped to `+-step threshold`.
package struct HuberLoss: Loss {
  /// The error beyond which the loss grows linearly.
  package let threshold: Double

  /// The loss for a threshold, which must be positive.
  package init(threshold: Double = 1.345) {
    precondition(threshold > 0 && threshold.isFinite, "a threshold is positive")
    self.threshold = threshold
  }

  /// The name in reports.
  package var name: String { "Huber" }

  /// True: beyond the threshold.
  package var hasLinearParts: Bool { true }

  /// Around `g = b`, from `-threshold` to `threshold`, of curvature 1.
  package func slopeRange(_ b: Double) -> SlopeRange? {
    SlopeRange(kink: b, slopes: -threshold...threshold, softness: 1)
  }

  /// Quadratic near 0, linear beyond the threshold.
  package func value(_ g: Double, _ b: Double) -> Double {
    let error = abs(b - g)
    return error <= threshold ? 0.5 * error * error : threshold * (error - 0.5 * threshold)
  }

  /// `g - b`, clamped to `+-threshold`.
  package func derivative(_ g: Double, _ b: Double) -> Double { min(max(g - b, -threshold), threshold) }

  /// 1 within the threshold, 0 beyond.
  package func curvature(_ g: Double, _ b: Double) -> Double { abs(b - g) <= threshold ? 1 : 0 }

  /// 0, at `g = b`.
  package func minimum(_ b: Double) -> Double { 0 }

  /// That of the squared loss, clamped to `+-step threshold`.
  package func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm: Double) -> Double {
    let bound = step * threshold
    return min(max(step * (b - g) / (1 + step * squaredNorm), -bound), bound)
  }
}
