import Foundation
import Graph

/// The hyperbolic tangent: `Y = tanh(X)`.
public enum Tanh: UnaryOperator {
  /// `Tanh`.
  public static let name: OperatorName = "Tanh"

  /// `tanh(x)`.
  public static func value(_ x: Float) -> Float { tanh(x) }

  /// `1 - y^2`.
  public static func derivative(_ x: Float, _ y: Float) -> Float { 1 - y * y }
}
