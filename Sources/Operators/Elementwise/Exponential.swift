import Files
import Graph

/// The exponential: `Y = exp(X)`.
public struct Exponential: UnaryOperator {
  /// `Exp`.
  public static let name: OperatorName = "Exp"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }

  /// Never negative.
  public var sign: Sign { .nonnegative }
}
