import EspalierOperators
import Foundation

extension ArcCosine: PlainFunction {
  /// `acos(x)`.
  package func value(_ x: Float) -> Float { acos(x) }

  /// `-1 / sqrt(1 - x^2)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { -1 / (1 - x * x).squareRoot() }
}
