import Graph

/// The identity above a threshold: `Y = X` where `X > alpha`, else 0.
public struct ThresholdedRelu: UnaryOperator {
  /// `ThresholdedRelu`.
  public static let name: OperatorName = "ThresholdedRelu"

  private let alpha: Float

  /// Reads `alpha` (1 where the node does not say).
  public init(_ invocation: Invocation) throws {
    alpha = try invocation.float("alpha", default: 1)
  }

  /// `x` above `alpha`, else 0.
  public func value(_ x: Float) -> Float { x <= alpha ? 0 : x }

  /// 1 above `alpha`, else 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { x > alpha ? 1 : 0 }
}
