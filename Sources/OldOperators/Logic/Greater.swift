import Graph

/// Whether `A > B`, element by element, broadcast.
public enum Greater: Comparison {
  /// `Greater`.
  public static let name: OperatorName = "Greater"

  /// `a > b`.
  public static func holds<Element: Number>(_ a: Element, _ b: Element) -> Bool { a > b }
}
