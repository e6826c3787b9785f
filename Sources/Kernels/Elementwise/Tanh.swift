import Foundation
import Operators

extension Tanh: PlainFunction {
  /// `tanh(x)`.
  public func value(_ x: Float) -> Float { tanh(x) }

  /// `1 - y^2`.
  public func derivative(_ x: Float, _ y: Float) -> Float { 1 - y * y }
}
