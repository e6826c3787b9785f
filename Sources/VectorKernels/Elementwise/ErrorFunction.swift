import EspalierOperators

extension ErrorFunction: VectorizedFunction {
  /// `erf(x)`.
  package func values(_ x: SIMD8<Float>) -> SIMD8<Float> { VectorMath.erf(x) }

  /// `2 / sqrt(pi) exp(-x^2)`.
  package func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> {
    1.128_379_167 * VectorMath.exp(-x * x)
  }
}
