/// The hinge loss of support vector machines, `max(0, 1 - b g)` with b of -1 or 1.
///
/// Proximal step in closed form: `b` times the step onto the margin, `(1 - b g) / ||a||^2`, clamped to `0...step`.
package struct HingeLoss: Loss {
  /// The loss.
  package init() {}

  /// The name in reports.
  package var name: String { "hinge" }

  /// The accepted targets, in words that follow "is not".
  package var targets: String { "-1 or 1" }

  /// Classes -1 and 1.
  package func accepts(target: Double) -> Bool { abs(target) == 1 }

  /// False: there is a kink at the margin.
  package var isSmooth: Bool { false }

  /// True: inside the margin.
  package var hasLinearParts: Bool { true }

  /// At `g = b`, between `-b` and 0.
  package func slopeRange(_ b: Double) -> SlopeRange? {
    SlopeRange(kink: b, slopes: min(-b, 0)...max(-b, 0))
  }

  /// `max(0, 1 - b g)`.
  package func value(_ g: Double, _ b: Double) -> Double { max(0, 1 - b * g) }

  /// `-b` inside the margin.
  package func derivative(_ g: Double, _ b: Double) -> Double { b * g < 1 ? -b : 0 }

  /// 0: the loss is piecewise linear.
  package func curvature(_ g: Double, _ b: Double) -> Double { 0 }

  /// 0, from the margin on.
  package func minimum(_ b: Double) -> Double { 0 }

  /// The step onto the margin, or as far as `step` allows.
  package func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm: Double) -> Double {
    let gap = 1 - b * g
    return gap > 0 ? b * min(gap / squaredNorm, step) : 0
  }
}
