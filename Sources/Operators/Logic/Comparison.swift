import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that compares two tensors of one type element by element, broadcast to each other.
package protocol Comparison: ChoosingOperator {
  /// The operands.
  var broadcast: Broadcast { get }
}

extension Comparison {
  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// Truth values of the shape to which both operands broadcast.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, .bool)] }

  /// Axes that are not broadcast are tied to those of the output.
  package var axes: AxisRule? { broadcast.axes }
}

extension Invocation {
  /// Two operands of one numeric type, or of truth values, that broadcast to each other.
  func comparedOperands() throws(EspalierError) -> Broadcast {
    let (a, b) = (try input(0).elementType, try input(1).elementType)
    guard a == b else { throw error("compares \(a) with \(b)") }
    if a != .bool { try checkNumeric(a) }
    return try Broadcast(self)
  }
}
