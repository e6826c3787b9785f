import EspalierFiles
import EspalierGraph

/// The hyperbolic cosine: `Y = cosh(X)`.
package struct HyperbolicCosine: UnaryOperator {
  /// `Cosh`.
  package static let name: OperatorName = "Cosh"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
