import Graph

/// Whether `A >= B`, element by element, broadcast.
public enum GreaterOrEqual: Comparison {
  /// `GreaterOrEqual`.
  public static let name: OperatorName = "GreaterOrEqual"

  /// `a >= b`.
  public static func holds<Element: Number>(_ a: Element, _ b: Element) -> Bool { a >= b }
}
