import EspalierOperators
import Foundation

extension ReduceLogSumExp: PlainFold {
  /// Minus infinity.
  package static var start: Double { -.infinity }

  /// `log(exp(s) + exp(x))`.
  package static func fold(_ result: Double, _ x: Double) -> Double {
    let (greater, less) = x > result ? (x, result) : (result, x)
    // The difference of two infinities is not-a-number.
    return less == -.infinity || greater == .infinity ? greater : greater + log1p(exp(less - greater))
  }
}
