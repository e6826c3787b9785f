import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The input broadcast to the attribute `shape`, times the attribute `factor`: the derivative of sums and means.
package struct BroadcastToShape: Operator {
  /// `espalier::BroadcastToShape`.
  package static let name: OperatorName = .own("BroadcastToShape")

  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The factor.
  package let factor: Float
  private let shape: Shape

  /// Reads `shape` and `factor` (1 by default).
  package init(_ call: Invocation) throws(EspalierError) {
    let input = try call.floatInput(0).shape
    guard let sizes = try call.ints("shape"), let shape = Shape(checking: sizes),
      Broadcasting.shape(input, shape) == shape
    else { throw call.error("cannot broadcast \(input) as it asks") }
    self.shape = shape
    factor = try call.float("factor", default: 1)
  }

  /// The shape that the attribute states.
  package var outputs: [TensorType] { [TensorType(shape)] }
}
