import Files
import Graph

/// The hyperbolic tangent: `Y = tanh(X)`.
public struct Tanh: UnaryOperator {
  /// `Tanh`.
  public static let name: OperatorName = "Tanh"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
