import EspalierLinearAlgebra

/// Standard errors, tests and intervals of a fit's coefficients, and measures of its goodness.
package struct Inference: Sendable {
  /// A coefficient: an intercept or threshold, of a feature, or of one relative to the reference class.
  package struct Coefficient: Hashable, Sendable {
    /// The class, if each has a predictor.
    package let className: String?
    /// The feature; `nil` for an intercept or a threshold.
    package let feature: String?
    /// The threshold, by the classes on both sides (`low|high`); `nil` for all else.
    package let threshold: String?
    /// The estimate. Of several classes, the difference to the coefficient of the reference class.
    package let estimate: Double
    /// The uncertainty of the estimate; `nil` if it has none.
    package let uncertainty: Uncertainty?

    /// The name in tables.
    package var name: String { feature ?? threshold ?? "(intercept)" }
  }

  /// The uncertainty of an estimate.
  package struct Uncertainty: Hashable, Sendable {
    /// The standard error.
    package let standardError: Double
    /// The estimate divided by it.
    package let statistic: Double
    /// The probability of a statistic at least as far from 0 if the coefficient is 0.
    package let pValue: Double
    /// The confidence interval.
    package let interval: ClosedRange<Double>
  }

  /// A dispersion, and the way it was found.
  package struct Dispersion: Hashable, Sendable {
    /// The value.
    package let value: Double
    /// The way, in words.
    package let method: String
    /// Whether it was estimated from the data.
    package let isEstimated: Bool
  }

  /// The options.
  package let options: InferenceOptions
  /// The distribution of statistics; `nil` without standard errors.
  package let distribution: ReferenceDistribution?
  /// The coefficients, predictor by predictor, the intercept first.
  package let coefficients: [Coefficient]
  /// The reference class, if each class has a predictor.
  package let referenceClass: String?
  /// The covariance of the coefficients; `nil` without standard errors.
  package let covariance: CoefficientCovariance?
  /// The measures of goodness; `nil` if rows were not looked at.
  package let goodness: Goodness?
  /// The dispersion; `nil` if the loss has none.
  package let dispersion: Dispersion?
  /// The number of clusters, for their covariance.
  package let clusterCount: Int?
  /// The reason that there are no standard errors; `nil` if there are some.
  package let absence: String?
  /// What a reader of the results has to know, in sentences.
  package let notes: [String]
  /// Those of the notes that speak of faults in the data.
  package let warnings: [String]
}

extension Inference {
  /// No inference, for a reason.
  package static func absent(_ reason: String, _ options: InferenceOptions) -> Inference {
    Inference(
      options: options, distribution: nil, coefficients: [], referenceClass: nil, covariance: nil, goodness: nil,
      dispersion: nil, clusterCount: nil, absence: reason, notes: [], warnings: [])
  }
}
