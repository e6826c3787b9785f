import EspalierRegression
import EspalierReports

/// The object `inference` in the JSON of `fit`. Numbers that are not finite become null.
package struct InferenceJSON: Encodable {
  /// A coefficient; its error, statistic, p-value and interval are null if it has none.
  struct Coefficient: Encodable {
    let `class`: String?
    @OrNull var feature: String?
    /// The threshold, by the classes on both sides; absent for all else.
    let threshold: String?
    @OrNull var estimate: Double?
    @OrNull var standardError: Double?
    @OrNull var statistic: Double?
    @OrNull var pValue: Double?
    @OrNull var lower: Double?
    @OrNull var upper: Double?
  }

  /// The dispersion.
  struct Dispersion: Encodable {
    @OrNull var value: Double?
    let method: String
    let estimated: Bool
  }

  let given: Bool
  @OrNull var reason: String?
  let notes: [String]
  let covariance: String
  let information: String
  let level: Double
  @OrNull var statistic: String?
  @OrNull var degreesOfFreedom: Double?
  @OrNull var clusters: Int?
  @OrNull var referenceClass: String?
  let coefficients: [Coefficient]
  @OrNull var dispersion: Dispersion?
  @OrNull var rows: Int?
  @OrNull var rank: Int?
  @OrNull var residualDegreesOfFreedom: Int?
  @OrNull var parameters: Int?
  @OrNull var deviance: Double?
  @OrNull var nullDeviance: Double?
  @OrNull var pearson: Double?
  @OrNull var logLikelihood: Double?
  @OrNull var aic: Double?
  @OrNull var bic: Double?
  @OrNull var d2: Double?
  @OrNull var r2: Double?
  @OrNull var adjustedR2: Double?

  /// The object of an inference.
  package init(_ inference: Inference) {
    given = inference.absence == nil
    reason = inference.absence
    notes = inference.notes
    covariance = inference.options.covariance.rawValue
    information = inference.options.information.rawValue
    level = inference.options.level
    statistic = inference.distribution?.symbol
    degreesOfFreedom = inference.distribution?.degrees
    clusters = inference.clusterCount
    referenceClass = inference.referenceClass
    coefficients = inference.coefficients.map { coefficient in
      let uncertainty = coefficient.uncertainty
      return Coefficient(
        class: coefficient.className, feature: coefficient.feature, threshold: coefficient.threshold,
        estimate: coefficient.estimate.ifFinite,
        standardError: uncertainty?.standardError.ifFinite, statistic: uncertainty?.statistic.ifFinite,
        pValue: uncertainty?.pValue.ifFinite, lower: uncertainty?.interval.lowerBound.ifFinite,
        upper: uncertainty?.interval.upperBound.ifFinite)
    }
    dispersion = inference.dispersion.map {
      Dispersion(value: $0.value.ifFinite, method: $0.method, estimated: $0.isEstimated)
    }
    let goodness = inference.goodness
    rows = goodness?.rowCount
    rank = goodness?.rank
    residualDegreesOfFreedom = goodness?.residualDegrees
    parameters = goodness?.parameterCount
    deviance = goodness?.deviance?.ifFinite
    nullDeviance = goodness?.nullDeviance?.ifFinite
    pearson = goodness?.pearson?.ifFinite
    logLikelihood = goodness?.logLikelihood?.ifFinite
    aic = goodness?.aic?.ifFinite
    bic = goodness?.bic?.ifFinite
    d2 = goodness?.explained?.ifFinite
    r2 = goodness?.isGaussian == true ? goodness?.explained?.ifFinite : nil
    adjustedR2 = goodness?.adjusted?.ifFinite
  }
}

extension Double {
  /// The number itself if it is finite, otherwise `nil`.
  var ifFinite: Double? { isFinite ? self : nil }
}
