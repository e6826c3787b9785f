import EspalierOperators

extension Round: NumericFunction {
  /// `x` rounded to the nearest whole number; whole numbers stay as they are.
  package static func value<Element: Number>(of x: Element) -> Element {
    Element.elementType.isFloatingPoint ? Element(double: x.double.rounded(.toNearestOrEven)) : x
  }

  /// 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { 0 }
}
