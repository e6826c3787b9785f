import Files
import Graph

/// The cosine: `Y = cos(X)`.
public struct Cosine: UnaryOperator {
  /// `Cos`.
  public static let name: OperatorName = "Cos"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
