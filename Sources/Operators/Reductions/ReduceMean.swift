import Files
import Graph

/// The mean over axes.
public struct ReduceMean: Reduction {
  /// `ReduceMean`.
  public static let name: OperatorName = "ReduceMean"

  /// The axes.
  public let reduced: ReducedAxes

  /// Reads the axes.
  public init(_ call: Invocation) throws(EspalierError) {
    reduced = try ReducedAxes(call)
  }

  /// 1 / count.
  public static func factor(count: Int) -> Float { 1 / Float(count) }

  /// Axes that stay go with themselves; those that the mean goes over may lose elements: it is that of what is left, as
  /// a normalisation that is written out needs it.
  public var axes: AxisRule? {
    var rule = reduced.rule("takes the mean over it")
    rule.normalized = rule.frozen.map(\.axis)
    rule.frozen = []
    return rule
  }
}
