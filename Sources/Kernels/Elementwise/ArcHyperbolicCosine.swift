import EspalierOperators
import Foundation

extension ArcHyperbolicCosine: PlainFunction {
  /// `acosh(x)`.
  package func value(_ x: Float) -> Float { acosh(x) }

  /// `1 / sqrt(x^2 - 1)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 1 / (x * x - 1).squareRoot() }
}
