import EspalierOperators

extension Maximum: VariadicFunction {
  /// The greater of `a` and `b`, and not-a-number where either is.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { a < b || b != b ? b : a }
}
