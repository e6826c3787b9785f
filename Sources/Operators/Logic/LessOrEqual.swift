import EspalierFiles
import EspalierGraph

/// Whether `A <= B`, element by element, broadcast.
package struct LessOrEqual: Comparison {
  /// `LessOrEqual`.
  package static let name: OperatorName = "LessOrEqual"

  /// The operands.
  package let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
