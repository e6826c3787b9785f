import Graph

/// The least over axes.
public enum ReduceMin: ExtremumReduction {
  /// `ReduceMin`.
  public static let name: OperatorName = "ReduceMin"

  /// The greatest number there is.
  public static func empty<Element: Number>(_ type: Element.Type) -> Element { .greatest }

  /// The least of two.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { Minimum.value(a, b) }
}
