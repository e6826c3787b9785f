import Foundation
import Graph

/// The scaled exponential linear unit: `Y = gamma X` where `X > 0`, else `gamma alpha (exp(X) - 1)`.
///
/// Source: G. Klambauer et al., "Self-normalizing neural networks" (NeurIPS 2017), whose constants are the default.
public struct Selu: UnaryOperator {
  /// `Selu`.
  public static let name: OperatorName = "Selu"

  private let alpha: Float
  private let gamma: Float

  /// Reads `alpha` (1.6733 where the node does not say) and `gamma` (1.0507 where the node does not say).
  public init(_ invocation: Invocation) throws {
    alpha = try invocation.float("alpha", default: 1.67326319217681884765625)
    gamma = try invocation.float("gamma", default: 1.05070102214813232421875)
  }

  /// `gamma x`, or `gamma alpha (exp(x) - 1)` below 0.
  public func value(_ x: Float) -> Float { x < 0 ? gamma * alpha * expm1(x) : gamma * x }

  /// `gamma`, or `gamma alpha exp(x) = y + gamma alpha` below 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? gamma : y + gamma * alpha }
}
