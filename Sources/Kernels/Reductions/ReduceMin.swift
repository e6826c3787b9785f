import EspalierOperators

extension ReduceMin: PlainExtremum {
  /// The greatest value of the type.
  package static func empty<Element: Number>(_ type: Element.Type) -> Element { .greatest }

  /// The lesser of two.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { Minimum.value(a, b) }
}
