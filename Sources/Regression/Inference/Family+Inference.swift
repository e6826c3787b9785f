/// The theory by which standard errors follow from a fit.
enum InferenceBasis: Hashable {
  /// Maximum likelihood, or quasi-likelihood: Fisher's information.
  case likelihood
  /// An M-estimator: the sandwich of P. Huber.
  case mEstimation
  /// Quantile regression: the sandwich with the density of the errors at 0.
  case quantile
  /// None.
  case margin
}

extension Family {
  /// The theory of the family's standard errors.
  var inferenceBasis: InferenceBasis {
    switch name {
    case .huber: .mEstimation
    case .quantile: .quantile
    case .hinge, .squaredHinge: .margin
    default: .likelihood
    }
  }

  /// Whether the variance is known up to a factor, the dispersion, that is always estimated.
  var hasFreeDispersion: Bool {
    switch name {
    case .poisson, .binomial, .multinomial, .ordinal, .negativeBinomial: false
    default: true
    }
  }

  /// Whether the parameter of the family can be estimated from the data.
  package var hasEstimableParameter: Bool { name == .negativeBinomial || name == .huber }
}
