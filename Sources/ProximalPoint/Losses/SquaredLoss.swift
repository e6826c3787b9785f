/// Half the squared error, `l = (g - b)^2 / 2`: linear regression.
///
/// Proximal step in closed form: `xi = step (b - g) / (1 + step ||a||^2)`.
package struct SquaredLoss: Loss {
  /// The loss.
  package init() {}

  /// The name in reports.
  package var name: String { "squared" }

  /// `(g - b)^2 / 2`.
  package func value(_ g: Double, _ b: Double) -> Double { 0.5 * (g - b) * (g - b) }

  /// `g - b`.
  package func derivative(_ g: Double, _ b: Double) -> Double { g - b }

  /// 1.
  package func curvature(_ g: Double, _ b: Double) -> Double { 1 }

  /// True.
  package var isQuadratic: Bool { true }

  /// 0, at `g = b`.
  package func minimum(_ b: Double) -> Double { 0 }

  /// `step (b - g) / (1 + step ||a||^2)`.
  package func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm: Double) -> Double {
    step * (b - g) / (1 + step * squaredNorm)
  }
}
