import Files
import Graph

/// The sign: `Y = 1` where `X > 0`, -1 where `X < 0`, else `X`, of any type of numbers; its derivative is 0.
public struct Signum: UnaryOperator {
  /// `Sign`.
  public static let name: OperatorName = "Sign"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }
}
