import Graph

/// The hyperbolic tangent: `Y = tanh(X)`.
public struct Tanh: VectorizedFunction {
  /// `Tanh`.
  public static let name: OperatorName = "Tanh"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `tanh(x)`.
  func values(_ x: SIMD8<Float>) -> SIMD8<Float> { VectorMath.tanh(x) }

  /// `1 - y^2`.
  func derivatives(_ x: SIMD8<Float>, _ y: SIMD8<Float>) -> SIMD8<Float> { 1 - y * y }
}
