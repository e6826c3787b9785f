import EspalierOperators

extension ReduceMin: PlainExtremum {
  /// The greatest number there is.
  package static func empty<Element: Number>(_ type: Element.Type) -> Element { .greatest }

  /// The least of two.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { Minimum.value(a, b) }
}
