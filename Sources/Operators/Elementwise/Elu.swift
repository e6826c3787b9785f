import EspalierFiles
import EspalierGraph

/// The exponential linear unit: `Y = X` where `X > 0`, else `alpha (exp(X) - 1)`.
package struct Elu: UnaryOperator {
  /// `Elu`.
  package static let name: OperatorName = "Elu"

  /// The type of the input.
  package let input: TensorType
  package let alpha: Float

  /// Reads `alpha` (1 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 1)
    input = try call.floatInput(0)
  }
}
