import EspalierFiles
import EspalierGraph

/// Whether an element is infinite: positive where the attribute `detect_positive` is set, negative where
/// `detect_negative` is, as both are where nothing is said.
package struct IsInfinite: NumberTest {
  /// `IsInf`.
  package static let name: OperatorName = "IsInf"

  /// The type of the input.
  package let input: TensorType
  /// Whether infinity is looked for.
  package let detectsPositive: Bool
  /// Whether minus infinity is looked for.
  package let detectsNegative: Bool

  /// Reads which infinities are looked for.
  package init(_ call: Invocation) throws(EspalierError) {
    input = try call.testedInput()
    detectsPositive = try call.flag("detect_positive", default: true)
    detectsNegative = try call.flag("detect_negative", default: true)
  }
}
