import Foundation

/// The negative log likelihood of counts with mean `m = e^g` and variance `m + dispersion m^2` (negative binomial, type
/// 2): `l = (b + 1/dispersion) log(1 + dispersion e^g) - b g`.
///
/// `l' = (m - b) / (1 + dispersion m)`, `l'' = m (1 + dispersion b) / (1 + dispersion m)^2`: both are bounded, and
/// computed from `e^-|g|`-like terms where m would overflow.
package struct NegativeBinomialLoss: Loss {
  /// The excess of the variance over the mean: alpha, positive.
  package let dispersion: Double

  /// The loss for a dispersion, which must be positive.
  package init(dispersion: Double) {
    precondition(dispersion > 0 && dispersion.isFinite, "a dispersion is positive")
    self.dispersion = dispersion
  }

  /// The name in reports.
  package var name: String { "negative binomial" }

  /// True: for the target 0.
  package var hasMinimaAtInfinity: Bool { true }

  /// The accepted targets, in words that follow "is not".
  package var targets: String { "at least 0" }

  /// Counts, and rates.
  package func accepts(target: Double) -> Bool { target >= 0 }

  /// `(b + 1/dispersion) log(1 + dispersion e^g) - b g`.
  package func value(_ g: Double, _ b: Double) -> Double {
    (b + 1 / dispersion) * softplus(g + log(dispersion)) - b * g
  }

  /// `(m - b) / (1 + dispersion m)`, `m = e^g`.
  package func derivative(_ g: Double, _ b: Double) -> Double {
    // m / (1 + dispersion m) and 1 / (1 + dispersion m), by the sign of g.
    let e = exp(-abs(g))
    return g >= 0 ? (1 - b * e) / (e + dispersion) : (e - b) / (1 + dispersion * e)
  }

  /// `m (1 + dispersion b) / (1 + dispersion m)^2`.
  package func curvature(_ g: Double, _ b: Double) -> Double {
    let e = exp(-abs(g))
    let root = g >= 0 ? e + dispersion : 1 + dispersion * e
    return e * (1 + dispersion * b) / (root * root)
  }

  /// The value at `g = log b`.
  package func minimum(_ b: Double) -> Double {
    b == 0 ? 0 : value(log(b), b)
  }

  /// `e^g`.
  package func mean(_ g: Double) -> Double { exp(g) }

  private func softplus(_ u: Double) -> Double { max(u, 0) + log1p(exp(-abs(u))) }
}
