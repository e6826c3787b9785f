import Graph

/// Swish in pieces: `Y = X max(0, min(1, X / 6 + 1 / 2))`.
public struct HardSwish: UnaryOperator {
  /// `HardSwish`.
  public static let name: OperatorName = "HardSwish"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// 0 below -3, `x` above 3, else `x (x + 3) / 6`.
  public func value(_ x: Float) -> Float { x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6 }

  /// 0 below -3, 1 above 3, else `x / 3 + 1 / 2`.
  public func derivative(_ x: Float, _ y: Float) -> Float { x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5 }
}
