import EspalierOperators

extension Ceiling: NumericFunction {
  /// `ceil(x)`; whole numbers stay as they are.
  package static func value<Element: Number>(of x: Element) -> Element {
    Element.elementType.isFloatingPoint ? Element(double: x.double.rounded(.up)) : x
  }

  /// 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { 0 }
}
