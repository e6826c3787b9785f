import Files
import Graph

/// The greatest over axes.
public struct ReduceMax: ExtremumReduction {
  /// `ReduceMax`.
  public static let name: OperatorName = "ReduceMax"

  /// The axes.
  public let reduced: ReducedAxes

  /// Reads the axes.
  public init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }
}
