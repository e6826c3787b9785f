import Foundation
import Graph

/// The error function: `Y = erf(X) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to X`.
public struct ErrorFunction: UnaryOperator {
  /// `Erf`.
  public static let name: OperatorName = "Erf"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `erf(x)`.
  public func value(_ x: Float) -> Float { erf(x) }

  /// `2 / sqrt(pi) exp(-x^2)`.
  public func derivative(_ x: Float, _ y: Float) -> Float { 1.128379167 * exp(-x * x) }
}
