import Files
import Graph

/// The exponential linear unit: `Y = X` where `X > 0`, else `alpha (exp(X) - 1)`.
public struct Elu: UnaryOperator {
  /// `Elu`.
  public static let name: OperatorName = "Elu"

  /// The type of the input.
  public let input: TensorType
  package let alpha: Float

  /// Reads `alpha` (1 where the node does not say).
  public init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 1)
    input = try call.floatInput(0)
  }
}
