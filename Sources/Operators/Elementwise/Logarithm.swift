import Files
import Graph

/// The natural logarithm: `Y = log(X)`.
public struct Logarithm: UnaryOperator {
  /// `Log`.
  public static let name: OperatorName = "Log"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
