import EspalierProximalPoint

/// The distribution of an estimate divided by its standard error.
package enum ReferenceDistribution: Hashable, Sendable {
  /// The standard normal distribution.
  case normal
  /// Student's t with these degrees of freedom, where the dispersion is estimated.
  case t(Double)

  /// The symbol of the statistic: z or t.
  package var symbol: String {
    switch self {
    case .normal: "z"
    case .t: "t"
    }
  }

  /// The degrees of freedom; `nil` for the normal distribution.
  package var degrees: Double? {
    switch self {
    case .normal: nil
    case .t(let degrees): degrees
    }
  }

  /// The probability of a value at least as far from 0.
  func twoSided(_ statistic: Double) -> Double {
    switch self {
    case .normal: Normal.twoSided(statistic)
    case .t(let degrees): StudentT(degrees: degrees).twoSided(statistic)
    }
  }

  /// The half width, in standard errors, of an interval of this confidence.
  func quantile(level: Double) -> Double {
    switch self {
    case .normal: -Normal.quantile(0.5 * (1 - level))
    case .t(let degrees): StudentT(degrees: degrees).twoSidedQuantile(1 - level)
    }
  }
}
