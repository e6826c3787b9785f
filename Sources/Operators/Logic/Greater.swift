import Files
import Graph

/// Whether `A > B`, element by element, broadcast.
public struct Greater: Comparison {
  /// `Greater`.
  public static let name: OperatorName = "Greater"

  /// The operands.
  public let broadcast: Broadcast

  /// Reads the operands.
  public init(_ call: Invocation) throws(EspalierError) {
    broadcast = try call.comparedOperands()
  }
}
