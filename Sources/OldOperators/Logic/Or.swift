import Graph

/// Whether A, B or both hold, element by element, broadcast.
public enum Or: LogicalOperator {
  /// `Or`.
  public static let name: OperatorName = "Or"

  /// `a || b`.
  public static func value(_ a: Bool, _ b: Bool) -> Bool { a || b }
}
