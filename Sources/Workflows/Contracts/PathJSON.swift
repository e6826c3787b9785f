import EspalierRegression
import EspalierReports

/// The JSON of a path of penalties: of each strength the penalties, what is explained, the coefficients that are not 0
/// and, with cross-validation, the deviance of rows held out.
package struct PathJSON: Encodable {
  /// A fit of the path.
  struct Point: Encodable {
    let strength: Double
    let l1: Double
    let l2: Double
    let nonZero: Int
    let objective: Double?
    let explained: Double?
    let certified: Bool
    let intercept: ByClass<Double>
    let coefficients: ByClass<[String: Double]>
    @OrNull var deviance: Double?
    @OrNull var standardError: Double?
  }

  /// The cross-validation, and the places of the points that its rules choose.
  struct Validation: Encodable {
    let folds: Int
    let rule: String
    let smallest: Int
    let oneStandardError: Int
  }

  let l1Ratio: Double
  let chosen: Int
  @OrNull var crossValidation: Validation?
  let points: [Point]

  /// A path of the data's features.
  package init(_ path: RegularizationPath, _ data: RegressionData, hasIntercept: Bool) {
    l1Ratio = path.options.l1Ratio
    chosen = path.chosen
    if let validation = path.validation, let folds = path.options.folds {
      crossValidation = Validation(
        folds: folds, rule: path.options.rule.rawValue, smallest: validation.smallest,
        oneStandardError: validation.oneStandardError)
    }
    let names = data.features.map(\.name)
    points = path.points.enumerated().map { place, point in
      let predictors = point.predictors(features: names.count, hasIntercept: hasIntercept)
      return Point(
        strength: point.strength, l1: point.l1, l2: point.l2, nonZero: point.nonZeroCount,
        objective: point.objective.ifFinite, explained: point.explained.ifFinite, certified: point.isCertified,
        intercept: ByClass(predictors.map(\.intercept), classes: data.classes),
        coefficients: ByClass(
          predictors.map { predictor in
            Dictionary(uniqueKeysWithValues: zip(names, predictor.coefficients).filter { $0.1 != 0 })
          }, classes: data.classes),
        deviance: path.validation?.means[place].ifFinite, standardError: path.validation?.errors[place].ifFinite)
    }
  }
}
