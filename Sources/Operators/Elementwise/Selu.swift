import EspalierFiles
import EspalierGraph

/// The scaled exponential linear unit: `Y = gamma X` where `X > 0`, else `gamma alpha (exp(X) - 1)`.
///
/// Source: G. Klambauer et al., "Self-normalizing neural networks" (NeurIPS 2017), whose constants are the default.
package struct Selu: UnaryOperator {
  /// `Selu`.
  package static let name: OperatorName = "Selu"

  /// The type of the input.
  package let input: TensorType
  package let alpha: Float
  package let gamma: Float

  /// Reads `alpha` (1.6733 by default) and `gamma` (1.0507 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 1.67326319217681884765625)
    gamma = try call.float("gamma", default: 1.05070102214813232421875)
    input = try call.floatInput(0)
  }
}
