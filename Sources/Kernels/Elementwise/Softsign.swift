import EspalierOperators

extension Softsign: PlainFunction {
  /// `x / (1 + |x|)`.
  package func value(_ x: Float) -> Float { x / (1 + abs(x)) }

  /// `1 / (1 + |x|)^2`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 1 / ((1 + abs(x)) * (1 + abs(x))) }
}
