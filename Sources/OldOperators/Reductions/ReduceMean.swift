import Graph

/// The mean over axes.
public enum ReduceMean: Reduction {
  /// `ReduceMean`.
  public static let name: OperatorName = "ReduceMean"

  /// 1 / count.
  public static func factor(count: Int) -> Float { 1 / Float(count) }

  /// Axes that stay go with themselves; those that the mean goes over may lose elements: it is that of what is left, as a normalisation
  /// that is written out needs it.
  public static func axes(_ invocation: Invocation) throws -> AxisRule? {
    let reduced = try ReducedAxes(invocation)
    var rule = reduced.rule("takes the mean over it")
    rule.normalized = rule.frozen.map(\.axis)
    rule.frozen = []
    return rule
  }
}
