import Files
import Graph

/// Whether `A >= B`, element by element, broadcast.
public struct GreaterOrEqual: Comparison {
  /// `GreaterOrEqual`.
  public static let name: OperatorName = "GreaterOrEqual"

  /// The operands.
  public let broadcast: Broadcast

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
