import Files
import Graph

/// The nearest whole number, the even one of two; its derivative is 0.
public struct Round: UnaryOperator {
  /// `Round`.
  public static let name: OperatorName = "Round"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
