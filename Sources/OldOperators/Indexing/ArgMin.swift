import Graph

/// Where along an axis the least element lies.
public enum ArgMin: ExtremumIndex {
  /// `ArgMin`.
  public static let name: OperatorName = "ArgMin"

  /// `a < b`.
  public static func isBetter<Element: Number>(_ a: Element, than b: Element) -> Bool { a < b }
}
