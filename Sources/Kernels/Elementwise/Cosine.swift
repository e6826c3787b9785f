import EspalierOperators
import Foundation

extension Cosine: PlainFunction {
  /// `cos(x)`.
  package func value(_ x: Float) -> Float { cos(x) }

  /// `-sin(x)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { -sin(x) }
}
