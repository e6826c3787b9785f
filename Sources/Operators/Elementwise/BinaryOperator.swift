import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that combines two tensors of one type element by element, broadcast to each other: `Y = f(A, B)`.
package protocol BinaryOperator: Operator {
  /// Whether one operand scales the other, so that an operand that is repeated along an axis is a gate: no branch.
  static var scales: Bool { get }

  /// The operands.
  var broadcast: Broadcast { get }

  /// The type of the elements of operands and output.
  var elementType: ElementType { get }
}

extension BinaryOperator {
  /// Each element on its own.
  package static var isElementwise: Bool { true }

  /// The output has the axes of the first operand.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// Most do not.
  package static var scales: Bool { false }

  /// The shape both operands broadcast to, of their type.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, elementType)] }

  /// Axes that are not repeated go with those of the output; two computed operands are two branches that meet, unless
  /// one is a gate for the other.
  package var axes: AxisRule? {
    var rule = broadcast.axes
    if Self.scales, broadcast.operands[0] != broadcast.operands[1] { rule.couplesBranches = false }
    return rule
  }
}

extension Invocation {
  /// Two operands of one type of numbers that are broadcast to each other.
  func binaryOperands() throws(EspalierError) -> (Broadcast, ElementType) {
    _ = try input(1)
    return (try Broadcast(self), try numericElementType())
  }
}
