import EspalierOperators

extension PRelu: BinaryFunction {
  /// `a`, or `a b` below 0.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element {
    a < .zero ? .product(a, b) : a
  }
}

extension PReluDerivative: BinaryFunction {
  /// 1, or `b` where `a <= 0`.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element {
    a > .zero ? Element(integer: 1) : b
  }
}
