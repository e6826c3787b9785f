import Files
import Graph

/// Where along an axis the least element lies.
public struct ArgMin: ExtremumIndex {
  /// `ArgMin`.
  public static let name: OperatorName = "ArgMin"

  /// The search along the axis.
  public let extremum: AxisExtremum

  /// Reads the axis and how it is searched.
  public init(_ call: Invocation) throws(EspalierError) { extremum = try AxisExtremum(call) }
}
