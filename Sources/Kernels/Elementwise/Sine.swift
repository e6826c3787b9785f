import Foundation
import Operators

extension Sine: PlainFunction {
  /// `sin(x)`.
  public func value(_ x: Float) -> Float { sin(x) }

  /// `cos(x)`.
  public func derivative(_ x: Float, _ y: Float) -> Float { cos(x) }
}
