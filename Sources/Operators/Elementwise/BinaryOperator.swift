import EspalierFiles
import EspalierGraph
import EspalierTensors

/// An operator that combines two tensors of one type element by element, broadcast to each other: `Y = f(A, B)`.
package protocol BinaryOperator: Operator {
  /// Whether one operand scales the other: it is then a gate, not a branch.
  static var scales: Bool { get }

  /// The operands.
  var broadcast: Broadcast { get }

  /// The type of the elements of operands and output.
  var elementType: ElementType { get }
}

extension BinaryOperator {
  /// Each output element depends on a single position of the inputs.
  package static var isElementwise: Bool { true }

  /// The output has the axes of the first operand.
  package static func channelReading(_ node: Node) -> ChannelReading { .keepsAxes }

  /// Operands are not scales by default.
  package static var scales: Bool { false }

  /// The shape to which both operands broadcast, with their element type.
  package var outputs: [TensorType] { [TensorType(broadcast.shape, elementType)] }

  /// Axes that are not broadcast are tied to those of the output; two computed operands are branches that meet, unless
  /// one is a gate for the other.
  package var axes: AxisRule? {
    var rule = broadcast.axes
    if Self.scales { rule.couplesBranches = false }
    return rule
  }
}

extension Invocation {
  /// Two operands of one numeric type that broadcast to each other.
  func binaryOperands() throws(EspalierError) -> (Broadcast, ElementType) {
    _ = try input(1)
    return (try Broadcast(self), try numericElementType())
  }
}
