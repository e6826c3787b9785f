import EspalierFiles
import EspalierGraph

/// Whether an element is infinite: positive if the attribute `detect_positive` is set, negative if `detect_negative`
/// is; both are set by default.
package struct IsInfinite: NumberTest {
  /// `IsInf`.
  package static let name: OperatorName = "IsInf"

  /// The type of the input.
  package let input: TensorType
  /// Whether plus infinity counts.
  package let detectsPositive: Bool
  /// Whether minus infinity counts.
  package let detectsNegative: Bool

  /// Reads which infinities count.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.testedInput()
    detectsPositive = try call.flag("detect_positive", default: true)
    detectsNegative = try call.flag("detect_negative", default: true)
  }
}
