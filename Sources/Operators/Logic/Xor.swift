import EspalierFiles
import EspalierGraph

/// Whether exactly one of A and B is true, element by element, broadcast.
package struct Xor: LogicalOperator {
  /// `Xor`.
  package static let name: OperatorName = "Xor"

  /// The operands.
  package let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.truthOperands()
  }
}
