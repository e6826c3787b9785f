import EspalierFiles
import EspalierGraph

/// Rounds down: `Y = floor(X)`; its derivative is taken as 0.
package struct Floor: UnaryOperator {
  /// `Floor`.
  package static let name: OperatorName = "Floor"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
