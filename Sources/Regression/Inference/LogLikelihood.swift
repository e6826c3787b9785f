import EspalierProximalPoint
import Foundation

/// The logarithm of the likelihood of rows, with all constants.
///
/// A weight w divides the dispersion of its row; for shares (binomial) it is the number of trials.
struct LogLikelihood {
  private let family: Family
  private var rows = 0.0
  private var weight = 0.0
  private var loss = 0.0
  private var constant = 0.0
  private var logTargets = 0.0
  private var weightedLogTargets = 0.0
  private var logWeights = 0.0

  /// Of no rows.
  init(_ family: Family) { self.family = family }

  /// Adds a row of this loss.
  mutating func add(_ value: Double, target b: Double, weight w: Double) {
    rows += 1
    weight += w
    loss += w * value
    switch family.name {
    case .poisson: constant -= w * logGamma(b + 1)
    case .binomial: constant += logGamma(w + 1) - logGamma(w * b + 1) - logGamma(w * (1 - b) + 1)
    case .negativeBinomial:
      let alpha = family.parameter ?? 1
      constant += w * (b * log(alpha) + logGamma(b + 1 / alpha) - logGamma(1 / alpha) - logGamma(b + 1))
    case .gaussian: logWeights += log(w)
    case .gamma:
      logTargets += log(b)
      weightedLogTargets += w * log(b)
    case .inverseGaussian:
      constant -= 0.5 * w / b
      logTargets += log(b)
      logWeights += log(w)
    default: break
    }
  }

  /// The value at a dispersion, or `nil` for families without a likelihood.
  ///
  /// - Parameters:
  ///   - dispersion: The dispersion; for Gaussian targets, the value is that at their maximum likelihood estimate.
  ///   - sharesOfWeights: Sums `f(w_i)` over rows, used for weighted Gamma targets.
  func value(dispersion: Double, sharesOfWeights sum: ((Double) -> Double) -> Double) -> Double? {
    switch family.name {
    case .gaussian: 0.5 * (logWeights - rows * (log(2 * Double.pi * 2 * loss / rows) + 1))
    case .poisson, .binomial, .multinomial, .ordinal, .negativeBinomial: constant - loss
    case .gamma:
      (weightedLogTargets - loss) / dispersion - logTargets
        + sum { w in w / dispersion * log(w / dispersion) - logGamma(w / dispersion) }
    case .inverseGaussian: (constant - loss) / dispersion + 0.5 * logScales(dispersion)
    default: nil
    }
  }

  /// `sum_i log(w_i / (2 pi dispersion b_i^3))`, of inverse Gaussian targets.
  private func logScales(_ dispersion: Double) -> Double {
    logWeights - 3 * logTargets - rows * log(2 * Double.pi * dispersion)
  }
}
