import EspalierOperators

extension SquareRoot: PlainFunction {
  /// `sqrt(x)`; not-a-number below 0.
  package func value(_ x: Float) -> Float { x.squareRoot() }

  /// `1 / (2 y)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 0.5 / y }
}
