import Graph

/// The least of any number of tensors, element by element, broadcast.
public enum Minimum: ExtremumOperator {
  /// `Min`.
  public static let name: OperatorName = "Min"

  /// The lesser of `a` and `b`, and not-a-number where either is.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { b < a || b != b ? b : a }
}
