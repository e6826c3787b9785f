import Files
import Graph

/// Whether A, B or both hold, element by element, broadcast.
public struct Or: LogicalOperator {
  /// `Or`.
  public static let name: OperatorName = "Or"

  /// The operands.
  public let broadcast: Broadcast

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.truthOperands()
  }
}
