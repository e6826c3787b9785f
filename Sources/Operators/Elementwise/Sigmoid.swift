import EspalierFiles
import EspalierGraph

/// The logistic function: `Y = 1 / (1 + exp(-X))`.
package struct Sigmoid: UnaryOperator {
  /// `Sigmoid`.
  package static let name: OperatorName = "Sigmoid"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}
