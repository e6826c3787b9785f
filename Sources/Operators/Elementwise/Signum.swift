import EspalierFiles
import EspalierGraph

/// The sign: `Y = 1` where `X > 0`, -1 where `X < 0`, else `X`, of any type of numbers; its derivative is 0.
package struct Signum: UnaryOperator {
  /// `Sign`.
  package static let name: OperatorName = "Sign"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
