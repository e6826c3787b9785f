import EspalierFiles
import EspalierGraph

/// The smooth rectifier: `Y = log(1 + exp(X))`.
package struct Softplus: UnaryOperator {
  /// `Softplus`.
  package static let name: OperatorName = "Softplus"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}
