import EspalierFiles
import EspalierProximalPoint
import EspalierTables
import Foundation

/// A parameter of a family that was estimated from the data.
package struct EstimatedParameter: Hashable, Sendable {
  /// The estimate: alpha of the negative binomial, the scale of Huber's errors.
  package let value: Double
  /// The way it was estimated, in words.
  package let method: String
  /// Whether it maximises the likelihood, and so counts as a parameter.
  let isLikelihood: Bool
  /// A doubt about it, in a sentence.
  let note: String?
}

/// A fit together with the estimated parameter of its family.
package struct EstimatedFit: Sendable {
  /// The fit, with the family's parameter.
  package let fit: Fit
  /// Its outcome.
  package let outcome: FitOutcome
  /// The parameter.
  package let parameter: EstimatedParameter
}

extension Fit {
  /// The largest number of fits of an estimation.
  private static let mostFits = 100

  /// Fits rows in memory, in turn with the parameter of the family: alpha of the negative binomial by maximum
  /// likelihood, as in R's `glm.nb`; the scale of Huber's errors by the median of their absolute values over 0.6745, as
  /// in statsmodels' `RLM`, with the family's parameter as the threshold in units of that scale.
  ///
  /// Complexity: some ten fits.
  ///
  /// - Throws: `EspalierError` if the family has no such parameter, or does not accept a target.
  package func estimatingParameter(
    _ rows: Rows, features: [FeatureSummary], observe: (FitProgress) -> Void = { _ in }
  ) throws(EspalierError) -> EstimatedFit {
    let rows = try rows.withoutZeroWeights()
    let threshold = family.parameter ?? 1
    var (fit, value) = (self, 0.0)
    var outcome = try fit(rows, features: features, observe: observe)
    var isSettled = false
    for _ in 0..<Self.mostFits {
      guard !outcome.hasDiverged else { break }
      let predictors = outcome.predictors[0].values(rows)
      let estimate =
        family.name == .huber
        ? Self.scale(rows, predictors)
        : NegativeBinomialShape(rows, means: predictors.map(family.activeLink.mean)).estimate
      isSettled = abs(estimate - value) <= 1e-6 * estimate
      guard abs(estimate - value) > 1e-9 * estimate else { break }
      value = estimate
      guard estimate > 0 else { break }
      fit = replacing(
        family: try Family(
          family.name, parameter: family.name == .huber ? threshold * estimate : estimate, link: family.activeLink))
      outcome = try fit(rows, features: features, observe: observe)
    }
    return EstimatedFit(fit: fit, outcome: outcome, parameter: parameter(value, isSettled: isSettled))
  }

  private func parameter(_ value: Double, isSettled: Bool) -> EstimatedParameter {
    let unsettled: String? =
      isSettled
      ? nil
      : "the estimate did not settle in turn with the coefficients: take --dispersion fixed, and give the parameter by "
        + "--family-parameter"
    guard family.name != .huber else {
      return EstimatedParameter(
        value: value, method: "scale of the errors: the median of their absolute values over 0.6745",
        isLikelihood: false,
        note: value > 0
          ? unsettled : "more than half of the errors are 0: they have no scale, and the threshold is kept")
    }
    return EstimatedParameter(
      value: value, method: "alpha by maximum likelihood", isLikelihood: true,
      note: value > NegativeBinomialShape.smallest || !isSettled
        ? unsettled : "the targets vary no more than Poisson's: alpha has no positive maximum; take --family poisson")
  }

  private static func scale(_ rows: Rows, _ predictors: [Double]) -> Double {
    let errors = zip(rows.targets, predictors).map { abs($0 - $1) }.sorted()
    let middle = errors.count / 2
    let median = errors.count.isMultiple(of: 2) ? 0.5 * (errors[middle - 1] + errors[middle]) : errors[middle]
    return median / Normal.quantile(0.75)
  }
}

extension LinearPredictor {
  /// The linear predictor of each row.
  func values(_ rows: Rows) -> [Double] {
    (0..<rows.count).map { row in
      var g = intercept + (rows.offsets.isEmpty ? 0 : rows.offsets[row])
      rows.forEachFeature(of: row) { g += coefficients[$0] * $1 }
      return g
    }
  }
}
