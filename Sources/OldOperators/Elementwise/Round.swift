import Graph

/// The nearest whole number, the even one of two; its derivative is 0.
public struct Round: NumericFunction {
  /// `Round`.
  public static let name: OperatorName = "Round"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// The number rounded; whole numbers are.
  public static func value<Element: Number>(of x: Element) -> Element {
    Element.elementType.isFloatingPoint ? Element(double: x.double.rounded(.toNearestOrEven)) : x
  }

  /// 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { 0 }
}
