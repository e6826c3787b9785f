import Files
import Graph

/// Swish in pieces: `Y = X max(0, min(1, X / 6 + 1 / 2))`.
public struct HardSwish: UnaryOperator {
  /// `HardSwish`.
  public static let name: OperatorName = "HardSwish"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
