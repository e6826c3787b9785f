import EspalierFiles
import EspalierGraph

/// The magnitude: `Y = |X|`, of any type of numbers; its derivative at 0 is taken as 0.
package struct Absolute: UnaryOperator {
  /// `Abs`.
  package static let name: OperatorName = "Abs"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}
