import Foundation
import Graph

/// The smooth rectifier: `Y = log(1 + exp(X))`.
public struct Softplus: UnaryOperator {
  /// `Softplus`.
  public static let name: OperatorName = "Softplus"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `log(1 + exp(x))`, without overflow for any `x`.
  public func value(_ x: Float) -> Float { softplus(x) }

  /// The logistic function.
  public func derivative(_ x: Float, _ y: Float) -> Float { logistic(x) }
}

/// `log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|))`.
func softplus(_ x: Float) -> Float { (x < 0 ? 0 : x) + log1p(exp(-abs(x))) }
