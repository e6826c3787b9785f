import Foundation
import Graph

/// The continuously differentiable exponential linear unit: `Y = X` where `X > 0`, else `alpha (exp(X / alpha) - 1)`.
public struct Celu: UnaryOperator {
  /// `Celu`.
  public static let name: OperatorName = "Celu"

  private let alpha: Float

  /// Reads `alpha` (1 where the node does not say).
  public init(_ invocation: Invocation) throws {
    alpha = try invocation.float("alpha", default: 1)
  }

  /// `x`, or `alpha (exp(x / alpha) - 1)` below 0.
  public func value(_ x: Float) -> Float { x < 0 ? alpha * expm1(x / alpha) : x }

  /// 1, or `exp(x / alpha)` below 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : exp(x / alpha) }
}
