import EspalierFiles
import EspalierGraph

/// The leaky rectifier: `Y = X` where `X >= 0`, else `alpha X`.
package struct LeakyRelu: UnaryOperator {
  /// `LeakyRelu`.
  package static let name: OperatorName = "LeakyRelu"

  /// The type of the input.
  package let input: TensorType
  package let alpha: Float

  /// Reads `alpha` (0.01 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 0.01)
    input = try call.floatInput(0)
  }
}
