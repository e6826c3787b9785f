import EspalierFiles
import EspalierGraph
import EspalierTensors

/// The maximum of any number of tensors, element by element, broadcast.
package struct Maximum: ExtremumOperator {
  /// `Max`.
  package static let name: OperatorName = "Max"

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
