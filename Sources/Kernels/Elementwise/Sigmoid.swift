import EspalierOperators
import Foundation

extension Sigmoid: PlainFunction {
  /// `1 / (1 + exp(-x))`, without overflow for any `x`.
  package func value(_ x: Float) -> Float { logistic(x) }

  /// `y (1 - y)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { y * (1 - y) }
}

/// `1 / (1 + exp(-x))`, without overflow for any `x`.
func logistic(_ x: Float) -> Float {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}
