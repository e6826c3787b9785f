import Files
import Graph

/// Whether just one of A and B holds, element by element, broadcast.
public struct Xor: LogicalOperator {
  /// `Xor`.
  public static let name: OperatorName = "Xor"

  /// The operands.
  public let broadcast: Broadcast

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.truthOperands()
  }
}
