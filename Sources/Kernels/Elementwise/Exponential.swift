import EspalierOperators
import Foundation

extension Exponential: PlainFunction {
  /// `exp(x)`.
  package func value(_ x: Float) -> Float { exp(x) }

  /// `y`.
  package func derivative(_ x: Float, _ y: Float) -> Float { y }
}
