import EspalierOperators

extension Mish: VectorizedFunction {
  /// `x tanh(softplus(x))`.
  package func values(_ x: SIMD8<Float>) -> SIMD8<Float> { x * gate(x) }

  /// `t + x (1 - t^2) sigmoid(x)` with `t = tanh(softplus(x))`.
  package func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> {
    let t = gate(x)
    return t + x * (1 - t * t) * VectorMath.logistic(x)
  }

  /// `tanh(log(1 + e)) = e (e + 2) / (e (e + 2) + 2)` with `e = exp(x)`; 1 in single precision above 20.
  private func gate(_ x: SIMD8<Float>) -> SIMD8<Float> {
    let e = VectorMath.exp(x.replacing(with: 20, where: x .> 20))
    let product = e * (e + 2)
    return product / (product + 2)
  }
}
