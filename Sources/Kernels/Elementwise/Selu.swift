import EspalierOperators
import Foundation

extension Selu: PlainFunction {
  /// `gamma x`, or `gamma alpha (exp(x) - 1)` below 0.
  package func value(_ x: Float) -> Float { x < 0 ? gamma * alpha * expm1(x) : gamma * x }

  /// `gamma`, or `gamma alpha exp(x) = y + gamma alpha` below 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { x > 0 ? gamma : y + gamma * alpha }
}
