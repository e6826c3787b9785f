import EspalierOperators
import Foundation

extension Tanh: PlainFunction {
  /// `tanh(x)`.
  package func value(_ x: Float) -> Float { tanh(x) }

  /// `1 - y^2`.
  package func derivative(_ x: Float, _ y: Float) -> Float { 1 - y * y }
}
