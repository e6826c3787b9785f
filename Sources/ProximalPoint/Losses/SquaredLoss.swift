/// Half the squared error, `l = (g - b)^2 / 2`: linear regression.
///
/// Proximal step in closed form: `xi = step (b - g) / (1 + step ||a||^2)`.
public struct SquaredLoss: Loss {
  /// The loss.
  public init() {}

  /// The word for it.
  public var name: String { "squared" }

  /// `(g - b)^2 / 2`.
  public func value(_ g: Double, _ b: Double) -> Double { 0.5 * (g - b) * (g - b) }

  /// `g - b`.
  public func derivative(_ g: Double, _ b: Double) -> Double { g - b }

  /// 1.
  public func curvature(_ g: Double, _ b: Double) -> Double { 1 }

  /// 0, at `g = b`.
  public func minimum(_ b: Double) -> Double { 0 }

  /// `step (b - g) / (1 + step ||a||^2)`.
  public func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm: Double) -> Double {
    step * (b - g) / (1 + step * squaredNorm)
  }
}
