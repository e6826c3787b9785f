import EspalierOperators

extension Exponential: VectorizedFunction {
  /// `exp(x)`.
  package func values(_ x: SIMD8<Float>) -> SIMD8<Float> { VectorMath.exp(x) }

  /// `y`.
  package func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> { y }
}
