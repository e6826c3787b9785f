import Graph

/// Whether `A < B`, element by element, broadcast.
public enum Less: Comparison {
  /// `Less`.
  public static let name: OperatorName = "Less"

  /// `a < b`.
  public static func holds<Element: Number>(_ a: Element, _ b: Element) -> Bool { a < b }
}
