import Files
import Graph

/// A rational squashing function: `Y = X / (1 + |X|)`.
public struct Softsign: UnaryOperator {
  /// `Softsign`.
  public static let name: OperatorName = "Softsign"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
