import EspalierFiles
import EspalierGraph

/// The error function: `Y = erf(X) = 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to X`.
package struct ErrorFunction: UnaryOperator {
  /// `Erf`.
  package static let name: OperatorName = "Erf"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
