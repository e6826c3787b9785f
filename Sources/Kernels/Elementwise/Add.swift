import EspalierOperators

extension Add: BinaryFunction {
  /// `a + b`; whole numbers wrap around.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .sum(a, b) }
}
