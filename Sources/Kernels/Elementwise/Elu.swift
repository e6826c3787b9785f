import EspalierOperators
import Foundation

extension Elu: PlainFunction {
  /// `x`, or `alpha (exp(x) - 1)` below 0.
  package func value(_ x: Float) -> Float { x < 0 ? alpha * expm1(x) : x }

  /// 1, or `alpha exp(x) = y + alpha` below 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? 1 : y + alpha }
}
