import Files
import Graph

/// Whether both of A and B hold, element by element, broadcast.
public struct And: LogicalOperator {
  /// `And`.
  public static let name: OperatorName = "And"

  /// The operands.
  public let broadcast: Broadcast

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.truthOperands()
  }
}
