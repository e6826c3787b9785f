import Foundation
import Graph

/// The exponential: `Y = exp(X)`.
public struct Exponential: UnaryOperator {
  /// `Exp`.
  public static let name: OperatorName = "Exp"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `exp(x)`.
  public func value(_ x: Float) -> Float { exp(x) }

  /// `y`.
  public func derivative(_ x: Float, _ y: Float) -> Float { y }
}
