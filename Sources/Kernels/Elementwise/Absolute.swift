import EspalierOperators

extension Absolute: NumericFunction {
  /// `|x|`.
  package static func value<Element: Number>(of x: Element) -> Element { x > .zero ? x : .difference(.zero, x) }

  /// The sign of `x`.
  package func derivative(_ x: Float, _ y: Float) -> Float { Signum.value(of: x) }
}
