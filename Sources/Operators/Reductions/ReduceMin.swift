import EspalierFiles
import EspalierGraph

/// The minimum over axes.
package struct ReduceMin: ExtremumReduction {
  /// `ReduceMin`.
  package static let name: OperatorName = "ReduceMin"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }
}
