import EspalierOperators

extension HardSwish: PlainFunction {
  /// 0 below -3, `x` above 3, else `x (x + 3) / 6`.
  package func value(_ x: Float) -> Float { x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6 }

  /// 0 below -3, 1 above 3, else `x / 3 + 1 / 2`.
  package func derivative(_ x: Float, _ y: Float) -> Float { x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5 }
}
