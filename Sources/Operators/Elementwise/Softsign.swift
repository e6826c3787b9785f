import EspalierFiles
import EspalierGraph

/// A rational squashing function: `Y = X / (1 + |X|)`.
package struct Softsign: UnaryOperator {
  /// `Softsign`.
  package static let name: OperatorName = "Softsign"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
