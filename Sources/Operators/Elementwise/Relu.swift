import Graph

/// The rectifier: `Y = max(X, 0)`; its derivative at 0 is taken as 0.
public enum Relu: UnaryOperator {
  /// `Relu`.
  public static let name: OperatorName = "Relu"

  /// `max(x, 0)`, and not-a-number where `x` is.
  public static func value(_ x: Float) -> Float { x < 0 ? 0 : x }

  /// 1 where `x > 0`, else 0.
  public static func derivative(_ x: Float, _ y: Float) -> Float { y > 0 ? 1 : 0 }
}
