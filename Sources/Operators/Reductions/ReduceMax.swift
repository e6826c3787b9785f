import EspalierFiles
import EspalierGraph

/// The maximum over axes.
package struct ReduceMax: ExtremumReduction {
  /// `ReduceMax`.
  package static let name: OperatorName = "ReduceMax"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }
}
