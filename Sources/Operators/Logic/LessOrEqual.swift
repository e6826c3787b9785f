import Files
import Graph

/// Whether `A <= B`, element by element, broadcast.
public struct LessOrEqual: Comparison {
  /// `LessOrEqual`.
  public static let name: OperatorName = "LessOrEqual"

  /// The operands.
  public let broadcast: Broadcast

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
