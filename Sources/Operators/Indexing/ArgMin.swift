import EspalierFiles
import EspalierGraph

/// Where along an axis the least element lies.
package struct ArgMin: ExtremumIndex {
  /// `ArgMin`.
  package static let name: OperatorName = "ArgMin"

  /// The search along the axis.
  package let extremum: AxisExtremum

  /// Reads the axis and how it is searched.
  package init(_ call: Invocation) throws(EspalierError) { extremum = try AxisExtremum(call) }
}
