import EspalierFiles
import EspalierGraph

/// Whether A and B are both true, element by element, broadcast.
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
