import EspalierOperators

extension Sigmoid: VectorizedFunction {
  /// `1 / (1 + exp(-x))`.
  package func values(_ x: SIMD8<Float>) -> SIMD8<Float> { VectorMath.logistic(x) }

  /// `y (1 - y)`.
  package func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> { y * (1 - y) }
}
