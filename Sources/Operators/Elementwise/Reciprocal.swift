import EspalierFiles
import EspalierGraph

/// The reciprocal: `Y = 1 / X`.
package struct Reciprocal: UnaryOperator {
  /// `Reciprocal`.
  package static let name: OperatorName = "Reciprocal"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
