import EspalierFiles
import EspalierGraph

/// The hyperbolic sine: `Y = sinh(X)`.
package struct HyperbolicSine: UnaryOperator {
  /// `Sinh`.
  package static let name: OperatorName = "Sinh"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
