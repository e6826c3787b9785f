/// The covariance matrix on which standard errors rest.
package enum CovarianceKind: String, CaseIterable, Codable, Hashable, Sendable {
  /// The inverse of the information matrix times the dispersion: right if the family is.
  case nonrobust
  /// The sandwich of White (1980), right for any variances: `B^-1 (sum_i s_i s_i^T) B^-1`.
  case hc0
  /// HC0 times `n / (n - p)`.
  case hc1
  /// Scores divided by `sqrt(1 - h_i)`, h_i the leverage.
  case hc2
  /// Scores divided by `1 - h_i`.
  case hc3
  /// The sandwich of the scores summed by cluster, times `G / (G - 1) (n - 1) / (n - p)` for G clusters.
  case cluster

  /// Whether scores are divided by a function of the leverages.
  var usesLeverages: Bool { self == .hc2 || self == .hc3 }

  /// The square of what multiplies the score of a row of leverage h; infinite for a leverage of 1, up to rounding.
  func factor(leverage: Double) -> Double {
    let rest = leverage < 1 - 1e-9 ? 1 - leverage : 0
    return switch self {
    case .hc2: 1 / rest
    case .hc3: 1 / (rest * rest)
    default: 1
    }
  }

  /// The factor for small samples of n rows, p coefficients and, for clustered rows, G clusters, as in statsmodels.
  func correction(rows n: Int, coefficients p: Int, clusters: Int) -> Double {
    let (n, p, g) = (Double(n), Double(p), Double(clusters))
    return switch self {
    case .hc1: n / (n - p)
    case .cluster: g / (g - 1) * (n - 1) / (n - p)
    default: 1
    }
  }
}

/// The options of inference.
package struct InferenceOptions: Sendable {
  /// The information matrix of the nonrobust covariance.
  package enum Information: String, CaseIterable, Codable, Sendable {
    /// Its expectation over targets, as in R's `glm` and statsmodels' `GLM`.
    case expected
    /// The Hessian at the targets observed. Equal for canonical links.
    case observed
  }

  /// The largest number of coefficients for which inference is given without being asked for.
  package static let limit = 500
  /// The largest number of coefficients for which inference is possible at all, in memory of p^2 numbers.
  package static let largest = 5000

  /// The confidence of intervals.
  package var level: Double
  /// The covariance.
  package var covariance: CovarianceKind
  /// The column of clusters, for their covariance.
  package var cluster: String?
  /// The information matrix.
  package var information: Information
  /// Whether a dispersion that the family would fix is estimated.
  package var estimatesDispersion: Bool
  /// Whether inference is given for more than `limit` coefficients.
  package var isRequested: Bool

  /// Options; `cluster` implies its covariance.
  package init(
    level: Double = 0.95, covariance: CovarianceKind = .nonrobust, cluster: String? = nil,
    information: Information = .expected, estimatesDispersion: Bool = false, isRequested: Bool = false
  ) {
    self.level = level
    self.covariance = cluster == nil ? covariance : .cluster
    self.cluster = cluster
    self.information = information
    self.estimatesDispersion = estimatesDispersion
    self.isRequested = isRequested
  }
}
