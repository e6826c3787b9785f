import Files
import Graph

/// The least whole number that is not below: `Y = ceil(X)`; its derivative is 0.
public struct Ceiling: UnaryOperator {
  /// `Ceil`.
  public static let name: OperatorName = "Ceil"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
