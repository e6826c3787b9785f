import EspalierOperators
import Foundation

extension Logarithm: PlainFunction {
  /// `log(x)`; not-a-number below 0.
  package func value(_ x: Float) -> Float { log(x) }

  /// `1 / x`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 1 / x }
}
