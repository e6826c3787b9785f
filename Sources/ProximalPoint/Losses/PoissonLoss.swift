import Foundation

/// The negative log likelihood of counts with mean `e^g`, `l = e^g - b g`: Poisson regression with its canonical link.
///
/// The proximal step `xi = step (b - e^(g + xi q))`, `q = ||a||^2`, has a closed form: `v = step q e^(g + xi q)`
/// satisfies `v + log v = g + step q b + log(step q)`, so v is Wright's omega function of the right hand side, and
/// `xi = step b - v / q`, or `(log(v / (step q)) - g) / q`. No exponential of g is taken, so that predictors of any
/// size are harmless.
package struct PoissonLoss: Loss {
  /// The loss.
  package init() {}

  /// The name in reports.
  package var name: String { "Poisson" }

  /// True: for the target 0.
  package var hasMinimaAtInfinity: Bool { true }

  /// The accepted targets, in words that follow "is not".
  package var targets: String { "at least 0" }

  /// Counts, and rates.
  package func accepts(target: Double) -> Bool { target >= 0 }

  /// `e^g - b g`.
  package func value(_ g: Double, _ b: Double) -> Double { exp(g) - b * g }

  /// `e^g - b`.
  package func derivative(_ g: Double, _ b: Double) -> Double { exp(g) - b }

  /// `e^g`.
  package func curvature(_ g: Double, _ b: Double) -> Double { exp(g) }

  /// `b - b log b`, at `g = log b`.
  package func minimum(_ b: Double) -> Double { b == 0 ? 0 : b - b * log(b) }

  /// `e^g`.
  package func mean(_ g: Double) -> Double { exp(g) }

  /// `step b - v / ||a||^2`, v by Wright's omega function.
  package func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm q: Double) -> Double {
    let scale = step * q
    guard scale >= .leastNormalMagnitude else { return step * (b - exp(g)) }
    let v = WrightOmega.value(g + scale * b + log(scale))
    // Equal in exact arithmetic; each form is precise where the other cancels.
    return v > 1 ? (log(v / scale) - g) / q : step * b - v / q
  }
}
