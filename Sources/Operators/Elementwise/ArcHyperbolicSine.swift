import EspalierFiles
import EspalierGraph

/// The inverse hyperbolic sine: `Y = asinh(X)`.
package struct ArcHyperbolicSine: UnaryOperator {
  /// `Asinh`.
  package static let name: OperatorName = "Asinh"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
