import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The bitwise exclusive or of whole numbers of one type, element by element, broadcast.
package struct BitwiseXor: BinaryOperator {
  /// `BitwiseXor`.
  package static let name: OperatorName = "BitwiseXor"

  /// The operands.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads the operands, which must be whole numbers.
  package init(_ call: Invocation) throws(EspalierError) {
    (broadcast, elementType) = try call.wholeOperands()
  }
}
