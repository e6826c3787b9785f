import EspalierFiles
import EspalierGraph

/// Whether an element is no number: `Y = X is NaN`, of fractions.
package struct IsNaN: NumberTest {
  /// `IsNaN`.
  package static let name: OperatorName = "IsNaN"

  /// The type of the input.
  package let input: TensorType

  /// Reads the input; there are no parameters.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.testedInput()
  }
}
