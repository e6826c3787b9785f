import EspalierFiles
import EspalierGraph

/// The continuously differentiable exponential linear unit: `Y = X` where `X > 0`, else `alpha (exp(X / alpha) - 1)`.
package struct Celu: UnaryOperator {
  /// `Celu`.
  package static let name: OperatorName = "Celu"

  /// The type of the input.
  package let input: TensorType
  package let alpha: Float

  /// Reads `alpha` (1 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 1)
    input = try call.floatInput(0)
  }
}
