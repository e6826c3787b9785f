import EspalierFiles
import EspalierGraph

/// Whether both of A and B hold, element by element, broadcast.
package struct And: LogicalOperator {
  /// `And`.
  package static let name: OperatorName = "And"

  /// The operands.
  package let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.truthOperands()
  }
}
