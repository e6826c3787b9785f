import EspalierFiles
import EspalierGraph

/// The piecewise approximation of swish: `Y = X max(0, min(1, X / 6 + 1 / 2))`.
package struct HardSwish: UnaryOperator {
  /// `HardSwish`.
  package static let name: OperatorName = "HardSwish"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
