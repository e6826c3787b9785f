import EspalierOperators
import Foundation

extension Swish: PlainFunction {
  /// `x sigmoid(alpha x)`.
  package func value(_ x: Float) -> Float { x * logistic(alpha * x) }

  /// `s + alpha x s (1 - s)` with `s = sigmoid(alpha x)`.
  package func derivative(_ x: Float, _ y: Float) -> Float {
    let s = logistic(alpha * x)
    return s + alpha * y * (1 - s)
  }
}
