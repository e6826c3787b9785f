import EspalierOperators

extension Floor: NumericFunction {
  /// `floor(x)`; whole numbers stay as they are.
  package static func value<Element: Number>(of x: Element) -> Element {
    Element.elementType.isFloatingPoint ? Element(double: x.double.rounded(.down)) : x
  }

  /// 0.
  package func derivative(_ x: Float, _ y: Float) -> Float { 0 }
}
