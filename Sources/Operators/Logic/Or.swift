import EspalierFiles
import EspalierGraph

/// Whether A, B or both are true, element by element, broadcast.
package struct Or: LogicalOperator {
  /// `Or`.
  package static let name: OperatorName = "Or"

  /// The operands.
  package let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.truthOperands()
  }
}
