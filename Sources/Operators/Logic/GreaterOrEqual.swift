import EspalierFiles
import EspalierGraph

/// Whether `A >= B`, element by element, broadcast.
package struct GreaterOrEqual: Comparison {
  /// `GreaterOrEqual`.
  package static let name: OperatorName = "GreaterOrEqual"

  /// The operands.
  package let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
