import EspalierOperators

extension Swish: VectorizedFunction {
  /// `x sigmoid(alpha x)`.
  package func values(_ x: SIMD8<Float>) -> SIMD8<Float> { x * VectorMath.logistic(alpha * x) }

  /// `s + alpha y (1 - s)` with `s = sigmoid(alpha x)`.
  package func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> {
    let s = VectorMath.logistic(alpha * x)
    return s + alpha * y * (1 - s)
  }
}
