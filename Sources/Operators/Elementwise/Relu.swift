import Files
import Graph

/// The rectifier: `Y = max(X, 0)`; its derivative at 0 is taken as 0.
public struct Relu: UnaryOperator {
  /// `Relu`.
  public static let name: OperatorName = "Relu"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }

  /// Never negative.
  public var sign: Sign { .nonnegative }
}
