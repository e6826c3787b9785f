import EspalierOperators

extension ReduceMax: PlainExtremum {
  /// The least value of the type.
  package static func empty<Element: Number>(_ type: Element.Type) -> Element { .least }

  /// The greater of two.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { Maximum.value(a, b) }
}
