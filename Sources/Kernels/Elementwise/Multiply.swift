import EspalierOperators

extension Multiply: BinaryFunction {
  /// `a b`.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .product(a, b) }
}
