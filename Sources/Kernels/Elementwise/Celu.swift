import EspalierOperators
import Foundation

extension Celu: PlainFunction {
  /// `x`, or `alpha (exp(x / alpha) - 1)` below 0.
  package func value(_ x: Float) -> Float { x < 0 ? alpha * expm1(x / alpha) : x }

  /// 1, or `exp(x / alpha)` below 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : exp(x / alpha) }
}
