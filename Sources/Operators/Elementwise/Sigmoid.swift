import Files
import Graph

/// The logistic function: `Y = 1 / (1 + exp(-X))`.
public struct Sigmoid: UnaryOperator {
  /// `Sigmoid`.
  public static let name: OperatorName = "Sigmoid"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }

  /// Never negative.
  public var sign: Sign { .nonnegative }
}
