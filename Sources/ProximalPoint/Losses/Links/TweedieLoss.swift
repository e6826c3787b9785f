import Foundation

/// The negative log likelihood of amounts that may be 0, with mean `m = e^g` and variance `m^p` (M. Tweedie, 1984; B.
/// Jørgensen, Journal of the Royal Statistical Society B 1987), at unit dispersion:
///
///     l = b e^((1 - p) g) / (p - 1) + e^((2 - p) g) / (2 - p).
///
/// For 1 < p < 2, sums of a Poisson number of Gamma amounts, l is convex. For p > 2 it is not, and `curvature` is
/// Fisher's information `e^((2 - p) g)`.
package struct TweedieLoss: Loss {
  /// The power p of the variance.
  package let power: Double

  /// The loss of a power above 1, but 2.
  package init(power: Double) {
    precondition(power > 1 && power != 2 && power.isFinite, "a power is above 1, and 2 is Gamma's")
    self.power = power
  }

  /// The name in reports.
  package var name: String { "Tweedie(\(power))" }

  /// The accepted targets, in words that follow "is not".
  package var targets: String { power < 2 ? "at least 0" : "greater than 0" }

  /// Positive amounts, and 0 for powers below 2.
  package func accepts(target: Double) -> Bool { target > 0 || (target == 0 && power < 2) }

  /// Up to the power 2.
  package var isConvex: Bool { power < 2 }

  /// True: for the target 0.
  package var hasMinimaAtInfinity: Bool { power < 2 }

  /// The sum of both terms.
  package func value(_ g: Double, _ b: Double) -> Double {
    first(g, b) / (power - 1) + exp((2 - power) * g) / (2 - power)
  }

  /// `e^((2 - p) g) - b e^((1 - p) g)`.
  package func derivative(_ g: Double, _ b: Double) -> Double { exp((2 - power) * g) - first(g, b) }

  /// The derivative of `derivative` or, above the power 2, `e^((2 - p) g)`.
  package func curvature(_ g: Double, _ b: Double) -> Double {
    power < 2 ? secondDerivative(g, b) : exp((2 - power) * g)
  }

  /// `(2 - p) e^((2 - p) g) + (p - 1) b e^((1 - p) g)`.
  package func secondDerivative(_ g: Double, _ b: Double) -> Double {
    (2 - power) * exp((2 - power) * g) + (power - 1) * first(g, b)
  }

  /// The value at `g = log b`; 0 for the target 0.
  package func minimum(_ b: Double) -> Double {
    b == 0 ? 0 : pow(b, 2 - power) * (1 / (power - 1) + 1 / (2 - power))
  }

  /// `e^g`.
  package func mean(_ g: Double) -> Double { exp(g) }

  /// `m^p`.
  package func variance(_ m: Double) -> Double { pow(m, power) }

  /// `b e^((1 - p) g)`.
  private func first(_ g: Double, _ b: Double) -> Double { b == 0 ? 0 : b * exp((1 - power) * g) }
}
