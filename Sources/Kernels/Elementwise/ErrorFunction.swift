import EspalierOperators
import Foundation

extension ErrorFunction: PlainFunction {
  /// `erf(x)`.
  package func value(_ x: Float) -> Float { erf(x) }

  /// `2 / sqrt(pi) exp(-x^2)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 1.128_379_167 * exp(-x * x) }
}
