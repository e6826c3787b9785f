import EspalierFiles
import EspalierGraph

/// The inverse cosine: `Y = acos(X)`, not-a-number outside of -1 to 1.
package struct ArcCosine: UnaryOperator {
  /// `Acos`.
  package static let name: OperatorName = "Acos"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
