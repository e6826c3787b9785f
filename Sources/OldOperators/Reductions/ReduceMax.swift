import Graph

/// The greatest over axes.
public enum ReduceMax: ExtremumReduction {
  /// `ReduceMax`.
  public static let name: OperatorName = "ReduceMax"

  /// The least number there is.
  public static func empty<Element: Number>(_ type: Element.Type) -> Element { .least }

  /// The greatest of two.
  public static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { Maximum.value(a, b) }
}
