import Foundation
import Graph

/// The hyperbolic tangent: `Y = tanh(X)`.
public struct Tanh: UnaryOperator {
  /// `Tanh`.
  public static let name: OperatorName = "Tanh"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `tanh(x)`.
  public func value(_ x: Float) -> Float { tanh(x) }

  /// `1 - y^2`.
  public func derivative(_ x: Float, _ y: Float) -> Float { 1 - y * y }
}
