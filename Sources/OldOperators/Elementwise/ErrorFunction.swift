import Graph

/// The error function: `Y = erf(X) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to X`.
public struct ErrorFunction: VectorizedFunction {
  /// `Erf`.
  public static let name: OperatorName = "Erf"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `erf(x)`.
  func values(_ x: SIMD8<Float>) -> SIMD8<Float> { VectorMath.erf(x) }

  /// `2 / sqrt(pi) exp(-x^2)`.
  func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> { 1.128_379_167 * VectorMath.exp(-x * x) }
}
