import EspalierFiles
import EspalierGraph

/// The hyperbolic tangent: `Y = tanh(X)`.
package struct Tanh: UnaryOperator {
  /// `Tanh`.
  package static let name: OperatorName = "Tanh"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
