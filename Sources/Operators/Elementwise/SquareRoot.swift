import EspalierFiles
import EspalierGraph

/// The square root: `Y = sqrt(X)`.
package struct SquareRoot: UnaryOperator {
  /// `Sqrt`.
  package static let name: OperatorName = "Sqrt"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
