import EspalierOperators

extension LeakyRelu: PlainFunction {
  /// `x`, or `alpha x` below 0.
  package func value(_ x: Float) -> Float { x < 0 ? alpha * x : x }

  /// 1, or `alpha` where `x <= 0`.
  package func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : alpha }
}
