import EspalierOperators

extension Negate: NumericFunction {
  /// `-x`.
  package static func value<Element: Number>(of x: Element) -> Element { .product(x, Element(integer: -1)) }

  /// -1 everywhere.
  package func derivative(_ x: Float, _ y: Float) -> Float { -1 }
}
