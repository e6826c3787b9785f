import EspalierOperators

extension Tanh: VectorizedFunction {
  /// `tanh(x)`.
  package func values(_ x: SIMD8<Float>) -> SIMD8<Float> { VectorMath.tanh(x) }

  /// `1 - y^2`.
  package func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> { 1 - y * y }
}
