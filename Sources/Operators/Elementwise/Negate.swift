import EspalierFiles
import EspalierGraph

/// The opposite: `Y = -X`, of any type of numbers; whole numbers wrap around.
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
