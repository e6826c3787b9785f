import Foundation

/// A distribution of targets of an exponential family, by its variance as a function of the mean m: `l' = (m - b) /
/// V(m)` is the derivative of the negative quasi-likelihood of a target b by m (R. Wedderburn, Biometrika 1974).
package enum Distribution: Hashable, Sendable {
  /// `V = 1`.
  case gaussian
  /// `V = m`.
  case poisson
  /// `V = m^2`.
  case gamma
  /// `V = m^3`.
  case inverseGaussian
  /// `V = m^p` (M. Tweedie, 1984); p is at least 1.
  case tweedie(power: Double)
  /// `V = m + dispersion m^2`.
  case negativeBinomial(dispersion: Double)

  /// `V(m)`.
  package func variance(_ m: Double) -> Double {
    switch self {
    case .gaussian: 1
    case .poisson: m
    case .gamma: m * m
    case .inverseGaussian: m * m * m
    case .tweedie(let power): pow(m, power)
    case .negativeBinomial(let dispersion): m * (1 + dispersion * m)
    }
  }

  /// `V'(m)`.
  func varianceSlope(_ m: Double) -> Double {
    switch self {
    case .gaussian: 0
    case .poisson: 1
    case .gamma: 2 * m
    case .inverseGaussian: 3 * m * m
    case .tweedie(let power): power * pow(m, power - 1)
    case .negativeBinomial(let dispersion): 1 + 2 * dispersion * m
    }
  }

  /// The negative quasi-likelihood, without terms of b alone.
  func value(_ m: Double, _ b: Double) -> Double {
    switch self {
    case .gaussian: return 0.5 * (m - b) * (m - b)
    case .poisson: return b == 0 ? m : m - b * Foundation.log(m)
    case .gamma: return b / m + Foundation.log(m)
    case .inverseGaussian: return (0.5 * b / m - 1) / m
    case .tweedie(let power):
      let first = b == 0 ? 0 : b * pow(m, 1 - power) / (power - 1)
      return first + pow(m, 2 - power) / (2 - power)
    case .negativeBinomial(let dispersion):
      return (b + 1 / dispersion) * log1p(dispersion * m) - (b == 0 ? 0 : b * Foundation.log(m))
    }
  }

  /// The infimum of `value` over the means.
  func minimum(_ b: Double) -> Double {
    switch self {
    case .inverseGaussian: -0.5 / b
    default: b == 0 && hasOnlyPositiveMeans ? 0 : value(b, b)
    }
  }

  /// Whether all means are positive.
  var hasOnlyPositiveMeans: Bool { self != .gaussian }

  /// Whether a target of 0 can occur.
  var hasZeros: Bool {
    switch self {
    case .gaussian, .poisson, .negativeBinomial: true
    case .gamma, .inverseGaussian: false
    case .tweedie(let power): power < 2
    }
  }

  /// The name in reports.
  var name: String {
    switch self {
    case .gaussian: "Gaussian"
    case .poisson: "Poisson"
    case .gamma: "Gamma"
    case .inverseGaussian: "inverse Gaussian"
    case .tweedie(let power): "Tweedie(\(power))"
    case .negativeBinomial: "negative binomial"
    }
  }
}
