import EspalierOperators

extension Divide: BinaryFunction {
  /// `a / b`; for whole numbers rounded towards 0, and `a` if `b` is 0.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .quotient(a, b) }
}
