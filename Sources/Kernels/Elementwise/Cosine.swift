import Foundation
import Operators

extension Cosine: PlainFunction {
  /// `cos(x)`.
  public func value(_ x: Float) -> Float { cos(x) }

  /// `-sin(x)`.
  public func derivative(_ x: Float, _ y: Float) -> Float { -sin(x) }
}
