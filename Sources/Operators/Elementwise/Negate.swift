import EspalierFiles
import EspalierGraph

/// The negative: `Y = -X`, of any numeric type; whole numbers wrap around.
package struct Negate: UnaryOperator {
  /// `Neg`.
  package static let name: OperatorName = "Neg"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
