import Files
import Graph

/// Whether `A = B`, element by element, broadcast.
public struct Equal: Comparison {
  /// `Equal`.
  public static let name: OperatorName = "Equal"

  /// The operands.
  public let broadcast: Broadcast

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
