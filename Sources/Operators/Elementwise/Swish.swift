import EspalierFiles
import EspalierGraph

/// Swish: `Y = X sigmoid(alpha X)`; with `alpha` 1 also called SiLU.
///
/// Source: P. Ramachandran, B. Zoph and Q. V. Le, "Searching for activation functions" (2017).
package struct Swish: UnaryOperator {
  /// `Swish`.
  package static let name: OperatorName = "Swish"

  /// The type of the input.
  package let input: TensorType
  /// The factor inside of the logistic function.
  package let alpha: Float

  /// Reads `alpha` (1 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 1)
    input = try call.floatInput(0)
  }
}
