import Graph

/// The greatest whole number that is not above: `Y = floor(X)`; its derivative is 0.
public struct Floor: NumericFunction {
  /// `Floor`.
  public static let name: OperatorName = "Floor"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// The number rounded; whole numbers are.
  public static func value<Element: Number>(of x: Element) -> Element {
    Element.elementType.isFloatingPoint ? Element(double: x.double.rounded(.down)) : x
  }

  /// 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { 0 }
}
