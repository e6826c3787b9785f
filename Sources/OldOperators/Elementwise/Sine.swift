import Foundation
import Graph

/// The sine: `Y = sin(X)`.
public struct Sine: UnaryOperator {
  /// `Sin`.
  public static let name: OperatorName = "Sin"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `sin(x)`.
  public func value(_ x: Float) -> Float { sin(x) }

  /// `cos(x)`.
  public func derivative(_ x: Float, _ y: Float) -> Float { cos(x) }
}
