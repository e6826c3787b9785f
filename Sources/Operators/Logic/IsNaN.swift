import EspalierFiles
import EspalierGraph

/// Whether a floating point number is not-a-number.
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
