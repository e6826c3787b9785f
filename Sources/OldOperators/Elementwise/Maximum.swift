import Graph

/// The greatest of any number of tensors, element by element, broadcast.
public enum Maximum: ExtremumOperator {
  /// `Max`.
  public static let name: OperatorName = "Max"

  /// The greater of `a` and `b`, and not-a-number where either is.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { a < b || b != b ? b : a }
}
