import Graph

/// The logistic function in three straight pieces: `Y = max(0, min(1, alpha X + beta))`.
public struct HardSigmoid: UnaryOperator {
  /// `HardSigmoid`.
  public static let name: OperatorName = "HardSigmoid"

  private let alpha: Float
  private let beta: Float

  /// Reads `alpha` (0.2 where the node does not say) and `beta` (0.5 where the node does not say).
  public init(_ invocation: Invocation) throws {
    alpha = try invocation.float("alpha", default: 0.2)
    beta = try invocation.float("beta", default: 0.5)
  }

  /// `alpha x + beta`, held between 0 and 1.
  public func value(_ x: Float) -> Float {
    let line = alpha * x + beta
    return line < 0 ? 0 : line > 1 ? 1 : line
  }

  /// `alpha` between the kinks, else 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { y > 0 && y < 1 ? alpha : 0 }
}
