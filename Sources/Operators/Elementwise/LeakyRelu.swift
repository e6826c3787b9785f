import Files
import Graph

/// The rectifier that lets a little through: `Y = X` where `X >= 0`, else `alpha X`.
public struct LeakyRelu: UnaryOperator {
  /// `LeakyRelu`.
  public static let name: OperatorName = "LeakyRelu"

  /// The type of the input.
  public let input: TensorType
  package let alpha: Float

  /// Reads `alpha` (0.01 where the node does not say).
  public init(_ call: Invocation) throws(EspalierError) {
    alpha = try call.float("alpha", default: 0.01)
    input = try call.floatInput(0)
  }
}
