import Files
import Graph

/// The identity above a threshold: `Y = X` where `X > alpha`, else 0.
public struct ThresholdedRelu: UnaryOperator {
  /// `ThresholdedRelu`.
  public static let name: OperatorName = "ThresholdedRelu"

  /// The type of the input.
  public let input: TensorType
  package let alpha: Float

  /// Reads `alpha` (1 where the node does not say).
  public init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 1)
    input = try call.floatInput(0)
  }
}
