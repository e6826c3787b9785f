import EspalierFiles
import EspalierGraph

/// Whether just one of A and B holds, element by element, broadcast.
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
