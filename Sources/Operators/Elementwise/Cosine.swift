import EspalierFiles
import EspalierGraph

/// The cosine: `Y = cos(X)`.
package struct Cosine: UnaryOperator {
  /// `Cos`.
  package static let name: OperatorName = "Cos"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
