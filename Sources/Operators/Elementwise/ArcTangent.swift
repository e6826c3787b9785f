import EspalierFiles
import EspalierGraph

/// The inverse tangent: `Y = atan(X)`.
package struct ArcTangent: UnaryOperator {
  /// `Atan`.
  package static let name: OperatorName = "Atan"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
