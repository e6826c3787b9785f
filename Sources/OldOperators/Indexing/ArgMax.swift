import Graph

/// Where along an axis the greatest element lies.
public enum ArgMax: ExtremumIndex {
  /// `ArgMax`.
  public static let name: OperatorName = "ArgMax"

  /// `a > b`.
  public static func isBetter<Element: Number>(_ a: Element, than b: Element) -> Bool { a > b }
}
