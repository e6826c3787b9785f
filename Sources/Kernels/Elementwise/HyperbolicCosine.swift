import EspalierOperators
import Foundation

extension HyperbolicCosine: PlainFunction {
  /// `cosh(x)`.
  package func value(_ x: Float) -> Float { cosh(x) }

  /// `sinh(x)`.
  package func derivative(_ x: Float, _ y: Float) -> Float { sinh(x) }
}
