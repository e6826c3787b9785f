import Foundation
import Graph

/// The Gaussian error linear unit: `Y = X Phi(X)` with the normal distribution `Phi(x) = (1 + erf(x / sqrt(2))) / 2`, or with
/// `Phi(x) ~ (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2` where the attribute `approximate` is `tanh`.
///
/// Source: D. Hendrycks and K. Gimpel, "Gaussian error linear units" (2016), section 2.
public struct Gelu: UnaryOperator {
  /// `Gelu`.
  public static let name: OperatorName = "Gelu"

  private let isApproximate: Bool

  /// Reads `approximate`: `none` or `tanh`.
  public init(_ invocation: Invocation) throws {
    switch try invocation.string("approximate", default: "none") {
    case "none": isApproximate = false
    case "tanh": isApproximate = true
    case let other: throw invocation.error("does not know the approximation \"\(other)\"")
    }
  }

  /// `x Phi(x)`.
  public func value(_ x: Float) -> Float { x * distribution(x) }

  /// `Phi(x) + x phi(x)`, with the density `phi = Phi'`.
  public func derivative(_ x: Float, _ y: Float) -> Float { distribution(x) + x * density(x) }

  private func distribution(_ x: Float) -> Float {
    isApproximate ? 0.5 * (1 + tanh(Self.argument(x))) : 0.5 * (1 + erf(x * 0.7071067812))
  }

  private func density(_ x: Float) -> Float {
    guard isApproximate else { return 0.3989422804 * exp(-0.5 * x * x) }
    let t = tanh(Self.argument(x))
    return 0.5 * (1 - t * t) * 0.7978845608 * (1 + 3 * 0.044715 * x * x)
  }

  /// `sqrt(2 / pi) (x + 0.044715 x^3)`.
  private static func argument(_ x: Float) -> Float { 0.7978845608 * (x + 0.044715 * x * x * x) }
}
