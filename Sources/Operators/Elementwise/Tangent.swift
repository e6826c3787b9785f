import EspalierFiles
import EspalierGraph

/// The tangent: `Y = tan(X)`.
package struct Tangent: UnaryOperator {
  /// `Tan`.
  package static let name: OperatorName = "Tan"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
