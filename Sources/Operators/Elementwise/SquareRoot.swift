import Files
import Graph

/// The square root: `Y = sqrt(X)`.
public struct SquareRoot: UnaryOperator {
  /// `Sqrt`.
  public static let name: OperatorName = "Sqrt"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
