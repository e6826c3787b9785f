import Graph

/// The sign: `Y = 1` where `X > 0`, -1 where `X < 0`, else `X`, of any type of numbers; its derivative is 0.
public struct Sign: NumericFunction {
  /// `Sign`.
  public static let name: OperatorName = "Sign"

  /// There are no parameters.
  public init(_ invocation: Invocation) {}

  /// 1, -1, or 0.
  public static func value<Element: Number>(of x: Element) -> Element {
    x > .zero ? Element(integer: 1) : x < .zero ? Element(integer: -1) : x
  }

  /// 0.
  public func derivative(_ x: Float, _ y: Float) -> Float { 0 }
}
