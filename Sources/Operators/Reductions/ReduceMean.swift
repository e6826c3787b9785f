import Graph

/// The mean over axes.
public enum ReduceMean: Reduction {
  /// `ReduceMean`.
  public static let name: OperatorName = "ReduceMean"

  /// 1 / count.
  public static func factor(count: Int) -> Float { 1 / Float(count) }
}
