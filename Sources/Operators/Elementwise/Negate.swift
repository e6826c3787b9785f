import Graph

/// The opposite: `Y = -X`.
public struct Negate: UnaryOperator {
  /// `Neg`.
  public static let name: OperatorName = "Neg"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `-x`.
  public func value(_ x: Float) -> Float { -x }

  /// -1 everywhere.
  public func derivative(_ x: Float, _ y: Float) -> Float { -1 }
}
