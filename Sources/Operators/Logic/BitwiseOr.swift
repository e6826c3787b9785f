import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The bitwise or of whole numbers of one type, element by element, broadcast.
package struct BitwiseOr: BinaryOperator {
  /// `BitwiseOr`.
  package static let name: OperatorName = "BitwiseOr"

  /// The operands.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads the operands, which must be whole numbers.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, elementType) = try call.wholeOperands()
  }
}
