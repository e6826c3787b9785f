import Files
import Graph

/// Mish: `Y = X tanh(log(1 + exp(X)))`.
///
/// Source: D. Misra, "Mish: a self regularized non-monotonic activation function" (BMVC 2020).
public struct Mish: UnaryOperator {
  /// `Mish`.
  public static let name: OperatorName = "Mish"

  /// The type of the input.
  public let input: TensorType

  /// Reads the input; there are no parameters.
  public init(_ call: Invocation) throws(EspalierError) {
    input = try call.floatInput(0)
  }
}
