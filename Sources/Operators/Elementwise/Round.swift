import EspalierFiles
import EspalierGraph

/// Rounds to the nearest whole number, and to the even one of two; its derivative is taken as 0.
package struct Round: UnaryOperator {
  /// `Round`.
  package static let name: OperatorName = "Round"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
