import EspalierFiles
import EspalierGraph

/// The mean over axes.
package struct ReduceMean: Reduction {
  /// `ReduceMean`.
  package static let name: OperatorName = "ReduceMean"

  /// The axes.
  package let reduced: ReducedAxes

  /// Reads the axes.
  package init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// 1 / count.
  package static func factor(count: Int) -> Float { 1 / Float(count) }

  /// Axes that remain are tied to those of the output; the mean is over what the others have left.
  package var axes: AxisRule? { reduced.statisticRule }
}
