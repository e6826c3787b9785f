import Files
import Graph

/// Whether an element is no number: `Y = X is NaN`, of fractions.
public struct IsNaN: NumberTest {
  /// `IsNaN`.
  public static let name: OperatorName = "IsNaN"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.testedInput()
  }
}
