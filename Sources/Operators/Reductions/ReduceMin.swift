import Files
import Graph

/// The least over axes.
public struct ReduceMin: ExtremumReduction {
  /// `ReduceMin`.
  public static let name: OperatorName = "ReduceMin"

  /// The axes.
  public let reduced: ReducedAxes

  /// Reads the axes.
  public init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }
}
