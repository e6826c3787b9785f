import EspalierOperators

extension Reciprocal: PlainFunction {
  /// `1 / x`.
  package func value(_ x: Float) -> Float { 1 / x }

  /// `-y^2`.
  package func derivative(_ x: Float, _ y: Float) -> Float { -y * y }
}
