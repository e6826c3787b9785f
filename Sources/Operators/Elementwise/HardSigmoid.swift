import EspalierFiles
import EspalierGraph

/// The piecewise linear approximation of the logistic function: `Y = max(0, min(1, alpha X + beta))`.
package struct HardSigmoid: UnaryOperator {
  /// `HardSigmoid`.
  package static let name: OperatorName = "HardSigmoid"

  /// The type of the input.
  package let input: TensorType
  package let alpha: Float
  package let beta: Float

  /// Reads `alpha` (0.2 by default) and `beta` (0.5 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 0.2)
    beta = try call.float("beta", default: 0.5)
    input = try call.floatInput(0)
  }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}
