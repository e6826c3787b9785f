import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that combines two tensors of truth values element by element, broadcast to each other.
package protocol LogicalOperator: Operator {
  /// The operands.
  var broadcast: Broadcast { get }
}

extension LogicalOperator {
  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The shape to which both operands broadcast.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, .bool)] }

  /// Axes that are not broadcast are tied to those of the output.
  package var axes: AxisRule? { broadcast.axes }
}

extension Invocation {
  /// The type of the input at `position`, which must be present and hold truth values.
  func truthInput(_ position: Int) throws(EspalierError) -> TensorType {
    let type = try input(position)
    guard type.elementType == .bool else { throw error("takes truth values, not \(type.elementType)") }
    return type
  }

  /// Two operands of truth values that broadcast to each other.
  func truthOperands() throws(EspalierError) -> Broadcast {
    for position in 0..<2 { _ = try truthInput(position) }
    return try Broadcast(self)
  }
}
