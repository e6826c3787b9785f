import Files
import Graph

/// The smooth rectifier: `Y = log(1 + exp(X))`.
public struct Softplus: UnaryOperator {
  /// `Softplus`.
  public static let name: OperatorName = "Softplus"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }

  /// Never negative.
  public var sign: Sign { .nonnegative }
}
