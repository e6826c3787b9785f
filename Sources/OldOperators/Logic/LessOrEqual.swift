import Graph

/// Whether `A <= B`, element by element, broadcast.
public enum LessOrEqual: Comparison {
  /// `LessOrEqual`.
  public static let name: OperatorName = "LessOrEqual"

  /// `a <= b`.
  public static func holds<Element: Number>(_ a: Element, _ b: Element) -> Bool { a <= b }
}
