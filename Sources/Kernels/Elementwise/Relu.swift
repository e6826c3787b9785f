import EspalierOperators

extension Relu: PlainFunction {
  /// `max(x, 0)`, and not-a-number where `x` is.
  package func value(_ x: Float) -> Float { x < 0 ? 0 : x }

  /// 1 where `x > 0`, else 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { y > 0 ? 1 : 0 }
}
