import EspalierOperators

extension Gelu: VectorizedFunction {
  /// `x Phi(x)`.
  package func values(_ x: SIMD8<Float>) -> SIMD8<Float> { x * distribution(x) }

  /// `Phi(x) + x phi(x)`, with the density `phi = Phi'`.
  package func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> { distribution(x) + x * density(x) }

  private func distribution(_ x: SIMD8<Float>) -> SIMD8<Float> {
    isApproximate ? 0.5 * (1 + VectorMath.tanh(Self.argument(x))) : VectorMath.normalDistribution(x)
  }

  private func density(_ x: SIMD8<Float>) -> SIMD8<Float> {
    guard isApproximate else { return 0.398_942_280_4 * VectorMath.exp(-0.5 * x * x) }
    let t = VectorMath.tanh(Self.argument(x))
    return 0.5 * (1 - t * t) * 0.797_884_560_8 * (1 + 3 * 0.044715 * x * x)
  }

  /// `sqrt(2 / pi) (x + 0.044715 x^3)`.
  private static func argument(_ x: SIMD8<Float>) -> SIMD8<Float> { 0.797_884_560_8 * (x + 0.044715 * x * x * x) }
}
