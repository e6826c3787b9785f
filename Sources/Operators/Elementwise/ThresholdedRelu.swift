import EspalierFiles
import EspalierGraph

/// The identity above a threshold: `Y = X` where `X > alpha`, else 0.
package struct ThresholdedRelu: UnaryOperator {
  /// `ThresholdedRelu`.
  package static let name: OperatorName = "ThresholdedRelu"

  /// The type of the input.
  package let input: TensorType
  package let alpha: Float

  /// Reads `alpha` (1 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 1)
    input = try call.floatInput(0)
  }
}
