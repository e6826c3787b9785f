import EspalierFiles
import EspalierGraph

/// The inverse hyperbolic cosine: `Y = acosh(X)`, not-a-number below 1.
package struct ArcHyperbolicCosine: UnaryOperator {
  /// `Acosh`.
  package static let name: OperatorName = "Acosh"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
