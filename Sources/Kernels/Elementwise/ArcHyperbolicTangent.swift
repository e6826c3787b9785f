import EspalierOperators
import Foundation

extension ArcHyperbolicTangent: PlainFunction {
  /// `atanh(x)`.
  package func value(_ x: Float) -> Float { atanh(x) }

  /// `1 / (1 - x^2)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 1 / (1 - x * x) }
}
