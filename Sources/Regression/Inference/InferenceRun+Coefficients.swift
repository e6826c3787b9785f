extension InferenceRun {
  /// The class to which the coefficients of the others are relative.
  var referenceClass: String? {
    fit.loss.predictorCount == 1 ? nil : fit.classNames?.first ?? "0"
  }

  /// The coefficients with their uncertainty, the intercept of each predictor first.
  func coefficients(
    _ covariance: CoefficientCovariance?, _ distribution: ReferenceDistribution?
  ) -> [Inference.Coefficient] {
    let quantile = distribution?.quantile(level: options.level)
    return (0..<freeCount).flatMap { k in
      places.map { place in
        let estimate = estimate(predictor: k, place)
        let coordinate = k * coordinates.block + place
        var uncertainty: Inference.Uncertainty?
        if let covariance, let distribution, let quantile, !covariance.undetermined.contains(coordinate) {
          let error = covariance.matrix[coordinate, coordinate].squareRoot()
          let width = quantile * error
          if error.isFinite, width.isFinite, estimate.isFinite {
            let statistic = error > 0 ? estimate / error : estimate == 0 ? 0 : .infinity
            uncertainty = Inference.Uncertainty(
              standardError: error, statistic: statistic, pValue: distribution.twoSided(statistic),
              interval: estimate - width...estimate + width)
          }
        }
        return Inference.Coefficient(
          className: className(k), feature: isFeature(place) ? features[place].name : nil,
          threshold: thresholdNumber(place).map { fit.thresholdNames[$0] }, estimate: estimate,
          uncertainty: uncertainty)
      }
    }
  }

  /// The places of a predictor's coefficients: the intercept or the thresholds, then the features.
  private var places: [Int] {
    let count = features.count - fit.distanceSummaries.count
    return (fit.options.intercept ? [features.count] : []) + Array(count..<features.count) + Array(0..<count)
  }

  private func isFeature(_ place: Int) -> Bool { place < features.count - fit.distanceSummaries.count }

  /// The number of the threshold at a place, from 0; `nil` for a feature, or a family without thresholds.
  private func thresholdNumber(_ place: Int) -> Int? {
    guard fit.family.hasThresholds, !isFeature(place) else { return nil }
    return place == features.count ? 0 : place - features.count + fit.distanceSummaries.count + 1
  }

  private func className(_ free: Int) -> String? {
    fit.loss.predictorCount == 1 ? nil : fit.classNames?[free + 1] ?? String(free + 1)
  }

  /// A coefficient, relative to that of the reference class.
  private func estimate(predictor k: Int, _ place: Int) -> Double {
    if let number = thresholdNumber(place) { return outcome.thresholds[number] }
    func value(_ predictor: LinearPredictor) -> Double {
      place < features.count ? predictor.coefficients[place] : predictor.intercept
    }
    let all = outcome.predictors
    return all.count == 1 ? value(all[0]) : value(all[k + 1]) - value(all[0])
  }
}
