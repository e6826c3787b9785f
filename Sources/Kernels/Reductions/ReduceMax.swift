import EspalierOperators

extension ReduceMax: PlainExtremum {
  /// The least number there is.
  package static func empty<Element: Number>(_ type: Element.Type) -> Element { .least }

  /// The greatest of two.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { Maximum.value(a, b) }
}
