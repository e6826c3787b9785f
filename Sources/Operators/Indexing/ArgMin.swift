import EspalierFiles
import EspalierGraph

/// The index of the least element along an axis.
package struct ArgMin: ExtremumIndex {
  /// `ArgMin`.
  package static let name: OperatorName = "ArgMin"

  /// The search along the axis.
  package let extremum: AxisExtremum

  /// Reads the axis and the options of the search.
  package init(_ call: Invocation) throws(EspalierError) { extremum = try AxisExtremum(call) }
}
