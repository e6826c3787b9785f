import Files
import Graph

/// Where along an axis the greatest element lies.
public struct ArgMax: ExtremumIndex {
  /// `ArgMax`.
  public static let name: OperatorName = "ArgMax"

  /// The search along the axis.
  public let extremum: AxisExtremum

  /// Reads the axis and how it is searched.
  public init(_ call: Invocation) throws(EspalierError) { extremum = try AxisExtremum(call) }
}
