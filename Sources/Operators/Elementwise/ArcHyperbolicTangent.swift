import EspalierFiles
import EspalierGraph

/// The inverse hyperbolic tangent: `Y = atanh(X)`, not-a-number outside of -1 to 1.
package struct ArcHyperbolicTangent: UnaryOperator {
  /// `Atanh`.
  package static let name: OperatorName = "Atanh"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
