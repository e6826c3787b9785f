import EspalierOperators

extension HardSwish: VectorizedFunction {
  /// 0 below -3, `x` above 3, else `x (x + 3) / 6`.
  package func values(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let between = x * (x + 3) / 6
    return between.replacing(with: x, where: x .>= 3).replacing(with: 0, where: x .<= -3)
  }

  /// 0 below -3, 1 above 3, else `x / 3 + 1 / 2`.
  package func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> {
    (x / 3 + 0.5).replacing(with: 1, where: x .>= 3).replacing(with: 0, where: x .<= -3)
  }
}
