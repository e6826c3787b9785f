import Graph

/// The opposite: `Y = -X`.
public enum Negate: UnaryOperator {
  /// `Neg`.
  public static let name: OperatorName = "Neg"

  /// `-x`.
  public static func value(_ x: Float) -> Float { -x }

  /// -1 everywhere.
  public static func derivative(_ x: Float, _ y: Float) -> Float { -1 }
}
