import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The minimum of any number of tensors, element by element, broadcast.
package struct Minimum: ExtremumOperator {
  /// `Min`.
  package static let name: OperatorName = "Min"

  /// The operands.
  package let broadcast: Broadcast
  /// The type of the elements.
  package let elementType: ElementType

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try Broadcast(call)
    elementType = try call.numericElementType()
  }
}
