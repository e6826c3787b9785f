import EspalierFiles
import EspalierGraph

/// Shrinkage: `Y = X + bias` where `X < -lambd`, `X - bias` where `X > lambd`, and 0 between.
package struct Shrink: UnaryOperator {
  /// `Shrink`.
  package static let name: OperatorName = "Shrink"

  /// The type of the input.
  package let input: TensorType
  /// The bound of the numbers that become 0.
  package let threshold: Double
  /// The distance by which the others move towards 0.
  package let bias: Double

  /// Reads `lambd` (0.5 by default) and `bias` (0 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    threshold = Double(try call.float("lambd", default: 0.5))
    bias = Double(try call.float("bias", default: 0))
    input = try call.numericInput(0)
  }
}
