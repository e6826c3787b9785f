import EspalierFiles
import EspalierGraph

/// The sine: `Y = sin(X)`.
package struct Sine: UnaryOperator {
  /// `Sin`.
  package static let name: OperatorName = "Sin"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
