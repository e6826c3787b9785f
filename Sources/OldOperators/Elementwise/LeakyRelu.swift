import Graph

/// The rectifier that lets a little through: `Y = X` where `X >= 0`, else `alpha X`.
public struct LeakyRelu: UnaryOperator {
  /// `LeakyRelu`.
  public static let name: OperatorName = "LeakyRelu"

  private let alpha: Float

  /// Reads `alpha` (0.01 where the node does not say).
  public init(_ invocation: Invocation) throws {
    alpha = try invocation.float("alpha", default: 0.01)
  }

  /// `x`, or `alpha x` below 0.
  public func value(_ x: Float) -> Float { x < 0 ? alpha * x : x }

  /// 1, or `alpha` where `x <= 0`.
  public func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : alpha }
}
