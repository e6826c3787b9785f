import EspalierFiles
import EspalierGraph

/// The inverse sine: `Y = asin(X)`, not-a-number outside of -1 to 1.
package struct ArcSine: UnaryOperator {
  /// `Asin`.
  package static let name: OperatorName = "Asin"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
