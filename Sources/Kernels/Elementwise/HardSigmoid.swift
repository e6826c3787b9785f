import EspalierOperators

extension HardSigmoid: PlainFunction {
  /// `alpha x + beta`, clamped to 0 ... 1.
  package func value(_ x: Float) -> Float {
    let line = alpha * x + beta
    return line < 0 ? 0 : line > 1 ? 1 : line
  }

  /// `alpha` between the kinks, else 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { y > 0 && y < 1 ? alpha : 0 }
}
