import EspalierOperators

extension Sum: VariadicFunction {
  /// `a + b`.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .sum(a, b) }
}
