import Graph

/// Whether just one of A and B holds, element by element, broadcast.
public enum Xor: LogicalOperator {
  /// `Xor`.
  public static let name: OperatorName = "Xor"

  /// `a != b`.
  public static func value(_ a: Bool, _ b: Bool) -> Bool { a != b }
}
