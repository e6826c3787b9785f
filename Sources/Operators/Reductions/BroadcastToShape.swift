import Files
import Graph
import Tensors

/// The input repeated to the attribute `shape`, times the attribute `factor`: the derivative of sums and means.
public struct BroadcastToShape: Operator {
  /// `espalier::BroadcastToShape`.
  public static let name: OperatorName = .own("BroadcastToShape")

  /// Each element on its own.
  public static var isElementwise: Bool { true }

  /// The factor.
  package let factor: Float
  private let shape: Shape

  /// Reads `shape` and `factor` (1 where the node does not say).
  public init(_ call: Invocation) throws(EspalierError) {
    let input = try call.floatInput(0).shape
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes),
      Broadcasting.shape(input, shape) == shape
    else { throw call.error("cannot broadcast \(input) as it asks") }
    self.shape = shape
    factor = try call.float("factor", default: 1)
  }

  /// The stated shape.
  public var outputs: [TensorType] { [TensorType(shape)] }
}
