import EspalierFiles
import EspalierGraph

/// Whether `A > B`, element by element, broadcast.
package struct Greater: Comparison {
  /// `Greater`.
  package static let name: OperatorName = "Greater"

  /// The operands.
  package let broadcast: Broadcast

  /// Reads the operands.
  package init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
