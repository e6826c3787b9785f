import Operators

extension Softsign: PlainFunction {
  /// `x / (1 + |x|)`.
  public func value(_ x: Float) -> Float { x / (1 + abs(x)) }

  /// `1 / (1 + |x|)^2`.
  public func derivative(_ x: Float, _ y: Float) -> Float { 1 / ((1 + abs(x)) * (1 + abs(x))) }
}
