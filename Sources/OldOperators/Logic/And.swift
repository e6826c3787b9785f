import Graph

/// Whether both of A and B hold, element by element, broadcast.
public enum And: LogicalOperator {
  /// `And`.
  public static let name: OperatorName = "And"

  /// `a && b`.
  public static func value(_ a: Bool, _ b: Bool) -> Bool { a && b }
}
