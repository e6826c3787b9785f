import Files
import Graph

/// Whether `A < B`, element by element, broadcast.
public struct Less: Comparison {
  /// `Less`.
  public static let name: OperatorName = "Less"

  /// The operands.
  public let broadcast: Broadcast

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
