import Foundation
import Graph

/// The cosine: `Y = cos(X)`.
public struct Cosine: UnaryOperator {
  /// `Cos`.
  public static let name: OperatorName = "Cos"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `cos(x)`.
  public func value(_ x: Float) -> Float { cos(x) }

  /// `-sin(x)`.
  public func derivative(_ x: Float, _ y: Float) -> Float { -sin(x) }
}
