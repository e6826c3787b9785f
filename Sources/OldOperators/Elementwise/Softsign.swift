import Graph

/// A rational squashing function: `Y = X / (1 + |X|)`.
public struct Softsign: UnaryOperator {
  /// `Softsign`.
  public static let name: OperatorName = "Softsign"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `x / (1 + |x|)`.
  public func value(_ x: Float) -> Float { x / (1 + abs(x)) }

  /// `1 / (1 + |x|)^2`.
  public func derivative(_ x: Float, _ y: Float) -> Float { 1 / ((1 + abs(x)) * (1 + abs(x))) }
}
