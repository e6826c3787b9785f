import EspalierRegression
import EspalierReports
import EspalierTables

extension FitReport {
  /// A coefficient of a predictor and its feature.
  private struct Effect {
    let predictor: Int
    let feature: FeatureSummary
    let coefficient: Double

    /// The change of the predictor for one deviation of the feature.
    var size: Double { abs(coefficient) * feature.deviation }
  }

  /// The coefficients, class by class if each has a predictor, with the means and deviations of their features. Above
  /// the limit, those with the largest effects are shown: coefficients times deviations.
  package func coefficientTable(limit: Int = .max) -> Table {
    let predictors = outcome.predictors
    var effects = predictors.enumerated().flatMap { predictor, values in
      zip(data.features, values.coefficients).map { Effect(predictor: predictor, feature: $0, coefficient: $1) }
    }
    let total = effects.count
    if total > limit {
      effects.sort { $0.size > $1.size }
      effects = Array(effects.prefix(limit))
    }
    let classes = predictors.count > 1 ? data.classes : nil
    func row(_ predictor: Int, _ cells: [Cell]) -> [Cell] { (classes.map { [Cell($0[predictor])] } ?? []) + cells }
    let rows = predictors.enumerated().flatMap { predictor, values in
      constants(values).map { row(predictor, [Cell($0.name), .number($0.value, digits: 6), Cell(""), Cell("")]) }
        + effects.filter { $0.predictor == predictor }.map { effect in
          row(
            predictor,
            [
              Cell(effect.feature.name), .number(effect.coefficient, digits: 6),
              .number(effect.feature.mean, digits: 4), .number(effect.feature.deviation, digits: 4),
            ])
        }
    }
    return Table(
      (classes == nil ? [] : ["Class"])
        + ["Feature", .numbers("coefficient"), .numbers("mean"), .numbers("deviation")],
      rows: rows, caption: total > effects.count ? "The \(effects.count) largest effects of \(total)." : nil)
  }

  /// The intercept of a predictor or, of ordered classes, the thresholds.
  private func constants(_ predictor: LinearPredictor) -> [(name: String, value: Double)] {
    guard !outcome.thresholds.isEmpty else { return [("(intercept)", predictor.intercept)] }
    return zip(Fit.thresholdNames(data.classes ?? []), outcome.thresholds).map { ($0, $1) }
  }
}
