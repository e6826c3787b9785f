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

  /// Axes that stay go with themselves; those that the mean goes over may lose elements: it is that of what is left, as
  /// a normalisation that is written out needs it.
  package var axes: AxisRule? {
    var rule = reduced.rule("takes the mean over it")
    rule.normalized = rule.frozen.map(\.axis)
    rule.frozen = []
    return rule
  }
}
