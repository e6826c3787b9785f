import Foundation

/// Measures of how well a model explains its rows.
package struct Goodness: Hashable, Sendable {
  /// The number of rows with a positive weight.
  package let rowCount: Int
  /// The number of coefficients that the data determine.
  package let rank: Int
  /// The deviance at unit dispersion: twice the excess of the loss over that of a model with a parameter a row; `nil`
  /// for a loss that is no likelihood.
  package let deviance: Double?
  /// The deviance of the model with an intercept alone or, without one, with no coefficient; `nil` likewise, and
  /// where the link gives that model no mean.
  package let nullDeviance: Double?
  /// The sum of the squares of Pearson's residuals; `nil` for several classes, and a loss that is no likelihood.
  package let pearson: Double?
  /// The logarithm of the likelihood with all constants; `nil` for quasi-likelihoods and penalised fits.
  package let logLikelihood: Double?
  /// The number of parameters of Akaike's criterion: the rank, and a shape estimated by maximum likelihood.
  package let parameterCount: Int
  /// Whether targets are Gaussian, so that the explained deviance is R2.
  package let isGaussian: Bool
  let hasIntercept: Bool

  /// The residual degrees of freedom.
  package var residualDegrees: Int { rowCount - rank }

  /// The explained share of the deviance, `1 - deviance / null deviance` (D2; R2 for Gaussian targets); `nil` if there
  /// is nothing to explain.
  package var explained: Double? {
    guard let deviance, let nullDeviance, nullDeviance > 0 else { return nil }
    return 1 - deviance / nullDeviance
  }

  /// Whether nothing is left to explain beyond rounding.
  var isExact: Bool {
    guard let deviance, let nullDeviance else { return false }
    return deviance <= 1e-24 * nullDeviance
  }

  /// R2 adjusted for degrees of freedom, for Gaussian targets.
  package var adjusted: Double? {
    guard isGaussian, let explained, residualDegrees > 0 else { return nil }
    return 1 - (1 - explained) * Double(rowCount - (hasIntercept ? 1 : 0)) / Double(residualDegrees)
  }

  /// Akaike's criterion, `-2 log L + 2 k`. The dispersion of Gaussian, Gamma and inverse Gaussian targets is not
  /// counted, as in statsmodels; R counts it.
  package var aic: Double? { logLikelihood.map { -2 * $0 + 2 * Double(parameterCount) } }

  /// Schwarz's criterion, `-2 log L + k log n`.
  package var bic: Double? { logLikelihood.map { -2 * $0 + log(Double(rowCount)) * Double(parameterCount) } }
}
