import EspalierFiles
import EspalierGraph

/// Whether `A < B`, element by element, broadcast.
package struct Less: Comparison {
  /// `Less`.
  package static let name: OperatorName = "Less"

  /// The operands.
  package let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
