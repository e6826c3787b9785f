import EspalierOperators
import Foundation

extension Softplus: PlainFunction {
  /// `log(1 + exp(x))`, without overflow for any `x`.
  package func value(_ x: Float) -> Float { softplus(x) }

  /// The logistic function.
  package func derivative(_ x: Float, _ y: Float) -> Float { logistic(x) }
}

/// `log(1 + exp(x)) = max(x, 0) + log(1 + exp(-|x|))`.
func softplus(_ x: Float) -> Float { (x < 0 ? 0 : x) + log1p(exp(-abs(x))) }
