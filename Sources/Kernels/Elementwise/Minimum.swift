import EspalierOperators

extension Minimum: VariadicFunction {
  /// The lesser of `a` and `b`, and not-a-number where either is.
  package static func value<Element: Number>(_ a: Element, _ b: Element) -> Element { b < a || b != b ? b : a }
}
