import Foundation
import Graph

/// Mish: `Y = X tanh(log(1 + exp(X)))`.
///
/// Source: D. Misra, "Mish: a self regularized non-monotonic activation function" (BMVC 2020).
public struct Mish: UnaryOperator {
  /// `Mish`.
  public static let name: OperatorName = "Mish"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `x tanh(softplus(x))`.
  public func value(_ x: Float) -> Float { x * tanh(softplus(x)) }

  /// `t + x (1 - t^2) sigmoid(x)` with `t = tanh(softplus(x))`.
  public func derivative(_ x: Float, _ y: Float) -> Float {
    let t = tanh(softplus(x))
    return t + x * (1 - t * t) * logistic(x)
  }
}
