import EspalierOperators
import Foundation

extension HyperbolicSine: PlainFunction {
  /// `sinh(x)`.
  package func value(_ x: Float) -> Float { sinh(x) }

  /// `cosh(x)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { cosh(x) }
}
