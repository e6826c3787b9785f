import EspalierOperators

extension Signum: NumericFunction {
  /// 1, -1, or 0.
  package static func value<Element: Number>(of x: Element) -> Element {
    x > .zero ? Element(integer: 1) : x < .zero ? Element(integer: -1) : x
  }

  /// 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { 0 }
}
