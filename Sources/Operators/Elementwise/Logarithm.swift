import EspalierFiles
import EspalierGraph

/// The natural logarithm: `Y = log(X)`.
package struct Logarithm: UnaryOperator {
  /// `Log`.
  package static let name: OperatorName = "Log"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
