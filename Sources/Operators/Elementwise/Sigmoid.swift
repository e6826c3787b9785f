import Foundation
import Graph

/// The logistic function: `Y = 1 / (1 + exp(-X))`.
public enum Sigmoid: UnaryOperator {
  /// `Sigmoid`.
  public static let name: OperatorName = "Sigmoid"

  /// `1 / (1 + exp(-x))`, without overflow for any `x`.
  public static func value(_ x: Float) -> Float {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let e = exp(x)
    return e / (1 + e)
  }

  /// `y (1 - y)`.
  public static func derivative(_ x: Float, _ y: Float) -> Float { y * (1 - y) }
}
