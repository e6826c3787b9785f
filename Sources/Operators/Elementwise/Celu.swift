import Files
import Graph

/// The continuously differentiable exponential linear unit: `Y = X` where `X > 0`, else `alpha (exp(X / alpha) - 1)`.
public struct Celu: UnaryOperator {
  /// `Celu`.
  public static let name: OperatorName = "Celu"

  /// The type of the input.
  public let input: TensorType
  package let alpha: Float

  /// Reads `alpha` (1 where the node does not say).
  public init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 1)
    input = try call.floatInput(0)
  }
}
