import EspalierOperators

extension BitwiseXor: BinaryFunction {
  /// `a ^ b`.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element {
    Element(integer: a.integer ^ b.integer)
  }
}
