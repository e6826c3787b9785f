import EspalierOperators

extension Divide: BinaryFunction {
  /// `a / b`; of whole numbers what is nearer to 0, and `a` where `b` is 0.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { .quotient(a, b) }
}
