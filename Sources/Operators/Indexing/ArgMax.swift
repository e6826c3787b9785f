import EspalierFiles
import EspalierGraph

/// The index of the greatest element along an axis.
package struct ArgMax: ExtremumIndex {
  /// `ArgMax`.
  package static let name: OperatorName = "ArgMax"

  /// The search along the axis.
  package let extremum: AxisExtremum

  /// Reads the axis and the options of the search.
  package init(_ call: Invocation) throws(EspalierError) { extremum = try AxisExtremum(call) }
}
