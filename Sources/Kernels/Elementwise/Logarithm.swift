import Foundation
import Operators

extension Logarithm: PlainFunction {
  /// `log(x)`; not a number below 0.
  public func value(_ x: Float) -> Float { log(x) }

  /// `1 / x`.
  public func derivative(_ x: Float, _ y: Float) -> Float { 1 / x }
}
