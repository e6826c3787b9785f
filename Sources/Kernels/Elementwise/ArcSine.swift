import EspalierOperators
import Foundation

extension ArcSine: PlainFunction {
  /// `asin(x)`.
  package func value(_ x: Float) -> Float { asin(x) }

  /// `1 / sqrt(1 - x^2)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 1 / (1 - x * x).squareRoot() }
}
