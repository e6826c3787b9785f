import EspalierFiles
import EspalierGraph
import EspalierTensors

/// Unsigned whole numbers shifted by as many bits as the second operand states, element by element, broadcast, in the
/// attribute `direction`: `LEFT`, which drops the high bits, or `RIGHT`.
package struct BitShift: BinaryOperator {
  /// `BitShift`.
  package static let name: OperatorName = "BitShift"

  /// The operands.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType
  /// Whether bits move towards the higher ones.
  package let isLeft: Bool

  /// Reads the operands and `direction`.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, elementType) = try call.wholeOperands()
    guard [.uint8, .uint16, .uint32, .uint64].contains(elementType) else {
      throw call.error("shifts unsigned numbers, not \(elementType)")
    }
    let direction = try call.string("direction", default: "")
    guard ["LEFT", "RIGHT"].contains(direction) else {
      throw call.error("its direction is \"\(direction)\", neither LEFT nor RIGHT")
    }
    isLeft = direction == "LEFT"
  }
}
