import Graph

/// The sum over axes.
public enum ReduceSum: Reduction {
  /// `ReduceSum`.
  public static let name: OperatorName = "ReduceSum"

  /// 1.
  public static func factor(count: Int) -> Float { 1 }
}
