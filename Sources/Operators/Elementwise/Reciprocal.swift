import Files
import Graph

/// The reciprocal: `Y = 1 / X`.
public struct Reciprocal: UnaryOperator {
  /// `Reciprocal`.
  public static let name: OperatorName = "Reciprocal"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
