import EspalierFiles
import EspalierGraph

/// The Gaussian error linear unit: `Y = X Phi(X)` with the normal distribution `Phi(x) = (1 + erf(x / sqrt(2))) / 2`,
/// or with `Phi(x) ~ (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2` where the attribute `approximate` is `tanh`.
///
/// Source: D. Hendrycks and K. Gimpel, "Gaussian error linear units" (2016), section 2.
package struct Gelu: UnaryOperator {
  /// `Gelu`.
  package static let name: OperatorName = "Gelu"

  /// The type of the input.
  package let input: TensorType
  package let isApproximate: Bool

  /// Reads `approximate`: `none` or `tanh`.
  package init(_ call: Invocation) throws(EspalierError) {
    switch try call.string("approximate", default: "none") {
    case "none": isApproximate = false
    case "tanh": isApproximate = true
    case let other: throw call.unsupported("does not know the approximation \"\(other)\"")
    }
    input = try call.floatInput(0)
  }
}
