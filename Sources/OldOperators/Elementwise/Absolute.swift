import Graph

/// The magnitude: `Y = |X|`, of any type of numbers; its derivative at 0 is taken as 0.
public struct Absolute: NumericFunction {
  /// `Abs`.
  public static let name: OperatorName = "Abs"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// `|x|`.
  public static func value<Element: Number>(of x: Element) -> Element { x > .zero ? x : .difference(.zero, x) }

  /// The sign of `x`.
  public func derivative(_ x: Float, _ y: Float) -> Float { Sign.value(of: x) }
}
