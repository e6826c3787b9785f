import Foundation
import Graph

/// The exponential linear unit: `Y = X` where `X > 0`, else `alpha (exp(X) - 1)`.
public struct Elu: UnaryOperator {
  /// `Elu`.
  public static let name: OperatorName = "Elu"

  private let alpha: Float

  /// Reads `alpha` (1 where the node does not say).
  public init(_ invocation: Invocation) throws {
    alpha = try invocation.float("alpha", default: 1)
  }

  /// `x`, or `alpha (exp(x) - 1)` below 0.
  public func value(_ x: Float) -> Float { x < 0 ? alpha * expm1(x) : x }

  /// 1, or `alpha exp(x) = y + alpha` below 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : y + alpha }
}
