import Operators

extension Reciprocal: PlainFunction {
  /// `1 / x`.
  public func value(_ x: Float) -> Float { 1 / x }

  /// `-y^2`.
  public func derivative(_ x: Float, _ y: Float) -> Float { -y * y }
}
