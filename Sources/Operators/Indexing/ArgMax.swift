import EspalierFiles
import EspalierGraph

/// Where along an axis the greatest element lies.
package struct ArgMax: ExtremumIndex {
  /// `ArgMax`.
  package static let name: OperatorName = "ArgMax"

  /// The search along the axis.
  package let extremum: AxisExtremum

  /// Reads the axis and how it is searched.
  package init(_ call: Invocation) throws(EspalierError) { extremum = try AxisExtremum(call) }
}
