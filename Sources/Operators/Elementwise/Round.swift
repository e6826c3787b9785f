import EspalierFiles
import EspalierGraph

/// The nearest whole number, the even one of two; its derivative is 0.
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
