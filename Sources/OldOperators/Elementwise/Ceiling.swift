import Graph

/// The least whole number that is not below: `Y = ceil(X)`; its derivative is 0.
public struct Ceiling: NumericFunction {
  /// `Ceil`.
  public static let name: OperatorName = "Ceil"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// The number rounded; whole numbers are.
  public static func value<Element: Number>(of x: Element) -> Element {
    Element.elementType.isFloatingPoint ? Element(double: x.double.rounded(.up)) : x
  }

  /// 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { 0 }
}
