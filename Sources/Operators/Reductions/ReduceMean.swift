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

  /// Axes that remain are tied to those of the output. Reduced axes may lose elements, and the mean is then over the
  /// remaining ones, as required for a normalisation written out as single nodes.
  package var axes: AxisRule? {
    var rule = reduced.rule("takes the mean over it")
    rule.normalized = rule.frozen.map(\.axis)
    rule.frozen = []
    return rule
  }
}
