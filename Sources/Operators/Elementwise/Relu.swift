import EspalierFiles
import EspalierGraph

/// The rectifier: `Y = max(X, 0)`; its derivative at 0 is taken as 0.
package struct Relu: UnaryOperator, BoundingOperator {
  /// `Relu`.
  package static let name: OperatorName = "Relu"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }

  /// From 0 on.
  package var bounds: Bounds? { Bounds(least: 0, greatest: .infinity) }

  /// The output is never negative.
  package var sign: Sign { .nonnegative }
}
