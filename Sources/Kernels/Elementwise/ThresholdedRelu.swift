import EspalierOperators

extension ThresholdedRelu: PlainFunction {
  /// `x` above `alpha`, else 0.
  package func value(_ x: Float) -> Float { x <= alpha ? 0 : x }

  /// 1 above `alpha`, else 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { x > alpha ? 1 : 0 }
}
