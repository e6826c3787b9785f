import Foundation
import Graph

/// The natural logarithm: `Y = log(X)`.
public struct Logarithm: UnaryOperator {
  /// `Log`.
  public static let name: OperatorName = "Log"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `log(x)`; not a number below 0.
  public func value(_ x: Float) -> Float { log(x) }

  /// `1 / x`.
  public func derivative(_ x: Float, _ y: Float) -> Float { 1 / x }
}
