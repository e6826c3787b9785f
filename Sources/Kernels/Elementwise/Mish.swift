import EspalierOperators
import Foundation

extension Mish: PlainFunction {
  /// `x tanh(softplus(x))`.
  package func value(_ x: Float) -> Float { x * tanh(softplus(x)) }

  /// `t + x (1 - t^2) sigmoid(x)` with `t = tanh(softplus(x))`.
  package func derivative(_ x: Float, _ y: Float) -> Float {
    let t = tanh(softplus(x))
    return t + x * (1 - t * t) * logistic(x)
  }
}
