import Files
import Graph

/// The opposite: `Y = -X`, of any type of numbers; whole numbers wrap around.
public struct Negate: UnaryOperator {
  /// `Neg`.
  public static let name: OperatorName = "Neg"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
