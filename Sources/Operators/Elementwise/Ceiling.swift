import EspalierFiles
import EspalierGraph

/// Rounds up: `Y = ceil(X)`; its derivative is taken as 0.
package struct Ceiling: UnaryOperator {
  /// `Ceil`.
  package static let name: OperatorName = "Ceil"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
