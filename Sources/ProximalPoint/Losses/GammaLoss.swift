import Foundation

/// The negative log likelihood of positive amounts with mean `e^g` (Gamma, logarithmic link), for unit dispersion:
/// `l = g + b e^-g`.
///
/// The proximal step `xi = step (b e^-(g + xi q) - 1)`, `q = ||a||^2`, has a closed form: `v = step q b e^-(g + xi q)`
/// satisfies `v + log v = log(step q b) - g + step q`, so v is Wright's omega function of the right hand side, and
/// `xi = v / q - step`, or `(log b - log(v / (step q)) - g) / q`.
package struct GammaLoss: Loss {
  /// The loss.
  package init() {}

  /// The name in reports.
  package var name: String { "Gamma" }

  /// The accepted targets, in words that follow "is not".
  package var targets: String { "greater than 0" }

  /// Positive amounts.
  package func accepts(target: Double) -> Bool { target > 0 }

  /// `g + b e^-g`.
  package func value(_ g: Double, _ b: Double) -> Double { g + b * exp(-g) }

  /// `1 - b e^-g`.
  package func derivative(_ g: Double, _ b: Double) -> Double { 1 - b * exp(-g) }

  /// `b e^-g`.
  package func curvature(_ g: Double, _ b: Double) -> Double { b * exp(-g) }

  /// `1 + log b`, at `g = log b`.
  package func minimum(_ b: Double) -> Double { 1 + log(b) }

  /// `e^g`.
  package func mean(_ g: Double) -> Double { exp(g) }

  /// `v / ||a||^2 - step`, v by Wright's omega function.
  package func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm q: Double) -> Double {
    let scale = step * q
    guard scale >= .leastNormalMagnitude else { return step * (b * exp(-g) - 1) }
    let v = WrightOmega.value(log(scale) + log(b) - g + scale)
    // Equal in exact arithmetic; each form is precise where the other cancels.
    return v > 1 ? (log(b) - log(v / scale) - g) / q : v / q - step
  }
}
