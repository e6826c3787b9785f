import EspalierOperators
import Foundation

extension Gelu: PlainFunction {
  /// `x Phi(x)`.
  package func value(_ x: Float) -> Float { x * distribution(x) }

  /// `Phi(x) + x phi(x)`, with the density `phi = Phi'`.
  package func derivative(_ x: Float, _ y: Float) -> Float { distribution(x) + x * density(x) }

  /// `Phi(x)`; exactly, `(1 + erf(x / sqrt(2))) / 2 = erfc(-x / sqrt(2)) / 2`, which loses no digits below 0.
  private func distribution(_ x: Float) -> Float {
    isApproximate ? 0.5 * (1 + tanh(Self.argument(x))) : 0.5 * erfc(-x * 0.707_106_78)
  }

  private func density(_ x: Float) -> Float {
    guard isApproximate else { return 0.398_942_280_4 * exp(-0.5 * x * x) }
    let t = tanh(Self.argument(x))
    return 0.5 * (1 - t * t) * 0.797_884_560_8 * (1 + 3 * 0.044715 * x * x)
  }

  /// `sqrt(2 / pi) (x + 0.044715 x^3)`.
  private static func argument(_ x: Float) -> Float { 0.797_884_560_8 * (x + 0.044715 * x * x * x) }
}
