import Graph

/// The opposite: `Y = -X`, of any type of numbers; whole numbers wrap around.
public struct Negate: NumericFunction {
  /// `Neg`.
  public static let name: OperatorName = "Neg"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `-x`.
  public static func value<Element: Number>(of x: Element) -> Element { .product(x, Element(integer: -1)) }

  /// -1 everywhere.
  public func derivative(_ x: Float, _ y: Float) -> Float { -1 }
}
