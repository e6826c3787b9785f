import Foundation
import Operators

extension Exponential: PlainFunction {
  /// `exp(x)`.
  public func value(_ x: Float) -> Float { exp(x) }

  /// `y`.
  public func derivative(_ x: Float, _ y: Float) -> Float { y }
}
