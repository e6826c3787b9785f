import Files
import Graph

/// The greatest whole number that is not above: `Y = floor(X)`; its derivative is 0.
public struct Floor: UnaryOperator {
  /// `Floor`.
  public static let name: OperatorName = "Floor"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
