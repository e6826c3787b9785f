import EspalierFiles
import EspalierGraph

/// Mish: `Y = X tanh(log(1 + exp(X)))`.
///
/// Source: D. Misra, "Mish: a self regularized non-monotonic activation function" (BMVC 2020).
package struct Mish: UnaryOperator {
  /// `Mish`.
  package static let name: OperatorName = "Mish"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
