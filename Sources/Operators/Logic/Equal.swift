import EspalierFiles
import EspalierGraph

/// Whether `A = B`, element by element, broadcast.
package struct Equal: Comparison {
  /// `Equal`.
  package static let name: OperatorName = "Equal"

  /// The operands.
  package let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
