import EspalierFiles
import EspalierGraph

/// The exponential: `Y = exp(X)`.
package struct Exponential: UnaryOperator {
  /// `Exp`.
  package static let name: OperatorName = "Exp"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}
