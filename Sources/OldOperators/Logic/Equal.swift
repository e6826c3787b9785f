import Graph

/// Whether `A = B`, element by element, broadcast.
public enum Equal: Comparison {
  /// `Equal`.
  public static let name: OperatorName = "Equal"

  /// `a == b`.
  public static func holds<Element: Number>(_ a: Element, _ b: Element) -> Bool { a == b }
}
