import EspalierOperators
import Foundation

extension Tangent: PlainFunction {
  /// `tan(x)`.
  package func value(_ x: Float) -> Float { tan(x) }

  /// `1 + tan(x)^2`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 1 + y * y }
}
