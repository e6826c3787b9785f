import EspalierOperators
import Foundation

extension Sine: PlainFunction {
  /// `sin(x)`.
  package func value(_ x: Float) -> Float { sin(x) }

  /// `cos(x)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { cos(x) }
}
