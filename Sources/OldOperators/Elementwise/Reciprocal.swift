import Graph

/// The reciprocal: `Y = 1 / X`.
public struct Reciprocal: UnaryOperator {
  /// `Reciprocal`.
  public static let name: OperatorName = "Reciprocal"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `1 / x`.
  public func value(_ x: Float) -> Float { 1 / x }

  /// `-y^2`.
  public func derivative(_ x: Float, _ y: Float) -> Float { -y * y }
}
