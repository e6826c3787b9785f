import EspalierFiles
import EspalierProximalPoint
import EspalierTables
import Foundation

/// The standard errors and intervals of a model's predictions.
package struct PredictionUncertainty: Sendable {
  /// The scale of predictions.
  package enum Scale: String, CaseIterable, Sendable {
    /// The linear predictor; of several classes, the log odds against the first.
    case link
    /// The mean; of several classes, their probabilities.
    case response
  }

  /// A standard error, and the confidence interval of what is predicted.
  package struct Interval: Hashable, Sendable {
    /// The standard error, on the scale of the prediction.
    package let standardError: Double
    /// The confidence interval.
    package let range: ClosedRange<Double>
    /// The interval of a new Gaussian target; `nil` for other families.
    package let newTarget: ClosedRange<Double>?
  }

  private let model: FittedModel
  private let covariance: ModelCovariance
  private let form: CovarianceForm
  private let scale: Scale
  private let quantile: Double

  /// The uncertainty of a model's predictions.
  ///
  /// - Throws: `EspalierError` if the model has no covariance.
  package init(_ model: FittedModel, level: Double, scale: Scale, subject: String) throws(EspalierError) {
    guard model.family.name != .ordinal else {
      throw EspalierError(
        .argument, "intervals", "are not given for the probabilities of --family ordinal",
        remedy: "the thresholds and coefficients have theirs in the fit's table")
    }
    let covariance = try model.requiredCovariance(subject: subject)
    self.model = model
    self.covariance = covariance
    self.scale = scale
    form = covariance.form(covariance.covariance)
    quantile = covariance.distribution.quantile(level: level)
  }

  /// The interval of each prediction for a row with these linear predictors: of one, or of each class; on the scale of
  /// the link of each class but the first.
  func intervals(_ elements: [(feature: Int, value: Double)], linear: [Double]) -> [Interval] {
    guard let loss = model.family.predictorLoss else { return ofClasses(elements, linear) }
    let error = max(0, form.value(elements)).squareRoot()
    let range = Self.range(around: linear[0], quantile * error)
    guard scale == .response, model.family.inferenceBasis == .likelihood else {
      return [Interval(standardError: error, range: range, newTarget: newTarget(linear[0], error))]
    }
    func response(_ loss: some Loss) -> Interval {
      // Predictors without a mean belong to no interval: it ends with the domain of the link.
      let (lower, upper) = (
        loss.mean(max(range.lowerBound, loss.domain.lower)), loss.mean(min(range.upperBound, loss.domain.upper))
      )
      let isKnown = loss.domain.contains(linear[0]) && !lower.isNaN && !upper.isNaN
      return Interval(
        standardError: error * abs(loss.meanSlope(linear[0])),
        range: isKnown ? min(lower, upper)...max(lower, upper) : -Double.infinity...Double.infinity,
        newTarget: newTarget(linear[0], error))
    }
    return [response(loss)]
  }

  /// Whether intervals of new targets are known.
  package var hasNewTargets: Bool {
    model.family.name == .gaussian && model.link == "identity" && covariance.dispersion != nil
  }

  /// `centre - width...centre + width`; all numbers if these are none, as for a row that overflows.
  private static func range(around centre: Double, _ width: Double) -> ClosedRange<Double> {
    let (lower, upper) = (centre - width, centre + width)
    return lower <= upper ? lower...upper : -Double.infinity...Double.infinity
  }

  private func newTarget(_ mean: Double, _ error: Double) -> ClosedRange<Double>? {
    guard hasNewTargets, let dispersion = covariance.dispersion else { return nil }
    let width = quantile * (error * error + dispersion).squareRoot()
    return Self.range(around: mean, width)
  }

  /// Of log odds against the first class, or of probabilities: by the delta method, the interval of the logit of the
  /// probability.
  private func ofClasses(_ elements: [(feature: Int, value: Double)], _ linear: [Double]) -> [Interval] {
    let free = linear.count - 1
    let forms = (0..<free).map { k in (0..<free).map { form.value(elements, k, $0) } }
    guard scale == .response else {
      return (0..<free).map { k in
        let (odds, error) = (linear[k + 1] - linear[0], max(0, forms[k][k]).squareRoot())
        return Interval(
          standardError: error, range: Self.range(around: odds, quantile * error), newTarget: nil)
      }
    }
    let shares = MultinomialLogisticLoss(classes: linear.count).shares(linear.map { [$0] }).map { $0[0] }
    let logistic = LogisticLoss()
    return shares.indices.map { k in
      let gradient = (1...free).map { shares[k] * ((k == $0 ? 1 : 0) - shares[$0]) }
      var square = 0.0
      for l in 0..<free { for m in 0..<free { square += gradient[l] * forms[l][m] * gradient[m] } }
      let error = max(0, square).squareRoot()
      let rest = shares.indices.reduce(0) { $1 == k ? $0 : $0 + shares[$1] }
      let logit = log(shares[k] / rest)
      let range = Self.range(around: logit, error == 0 ? 0 : quantile * error / (shares[k] * rest))
      return Interval(
        standardError: error, range: logistic.mean(range.lowerBound)...logistic.mean(range.upperBound), newTarget: nil)
    }
  }
}
