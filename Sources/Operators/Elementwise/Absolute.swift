import Files
import Graph

/// The magnitude: `Y = |X|`, of any type of numbers; its derivative at 0 is taken as 0.
public struct Absolute: UnaryOperator {
  /// `Abs`.
  public static let name: OperatorName = "Abs"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.numericInput(0)
  }

  /// Never negative.
  public var sign: Sign { .nonnegative }
}
