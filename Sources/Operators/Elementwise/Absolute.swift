import Graph

/// The magnitude: `Y = |X|`; its derivative at 0 is taken as 0.
public struct Absolute: UnaryOperator {
  /// `Abs`.
  public static let name: OperatorName = "Abs"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `|x|`.
  public func value(_ x: Float) -> Float { abs(x) }

  /// The sign of `x`.
  public func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : x < 0 ? -1 : 0 }
}
