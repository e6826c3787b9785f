/// The squared hinge loss, `max(0, 1 - b g)^2` with b of -1 or 1.
///
/// Proximal step in closed form: `2 step b (1 - b g) / (1 + 2 step ||a||^2)` inside the margin, none outside.
package struct SquaredHingeLoss: Loss {
  /// The loss.
  package init() {}

  /// The name in reports.
  package var name: String { "squared hinge" }

  /// The accepted targets, in words that follow "is not".
  package var targets: String { "-1 or 1" }

  /// Classes -1 and 1.
  package func accepts(target: Double) -> Bool { abs(target) == 1 }

  /// `max(0, 1 - b g)^2`.
  package func value(_ g: Double, _ b: Double) -> Double {
    let gap = max(0, 1 - b * g)
    return gap * gap
  }

  /// `-2 b (1 - b g)` inside the margin.
  package func derivative(_ g: Double, _ b: Double) -> Double { -2 * b * max(0, 1 - b * g) }

  /// 2 inside the margin.
  package func curvature(_ g: Double, _ b: Double) -> Double { b * g < 1 ? 2 : 0 }

  /// 0, from the margin on.
  package func minimum(_ b: Double) -> Double { 0 }

  /// `2 step b (1 - b g) / (1 + 2 step ||a||^2)` inside the margin.
  package func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm: Double) -> Double {
    let gap = 1 - b * g
    return gap > 0 ? 2 * step * b * gap / (1 + 2 * step * squaredNorm) : 0
  }
}
