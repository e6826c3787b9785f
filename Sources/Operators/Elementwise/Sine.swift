import Files
import Graph

/// The sine: `Y = sin(X)`.
public struct Sine: UnaryOperator {
  /// `Sin`.
  public static let name: OperatorName = "Sin"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
