/// A linear predictor `<a, coefficients> + intercept`. A model has one, or one for each class.
package struct LinearPredictor: Hashable, Sendable {
  /// The intercept, 0 if there is none.
  package let intercept: Double
  /// One coefficient for each feature.
  package let coefficients: [Double]

  /// A linear predictor.
  package init(intercept: Double, coefficients: [Double]) {
    self.intercept = intercept
    self.coefficients = coefficients
  }

  /// The predictors of classes with intercepts shifted to sum to 0, which does not change the probabilities; a single
  /// predictor is unchanged.
  static func centred(_ predictors: [LinearPredictor]) -> [LinearPredictor] {
    guard predictors.count > 1 else { return predictors }
    let average = predictors.reduce(0) { $0 + $1.intercept } / Double(predictors.count)
    return predictors.map { LinearPredictor(intercept: $0.intercept - average, coefficients: $0.coefficients) }
  }

  /// The predictors of a solution in the order of `FamilyLoss`, for the features before `scaling`.
  static func predictors(
    of solution: some RandomAccessCollection<Double>, count: Int, hasIntercept: Bool, scaling: FeatureScaling?
  ) -> [LinearPredictor] {
    let size = solution.count / count
    return (0..<count).map { predictor in
      let part = Array(solution.dropFirst(predictor * size).prefix(size))
      let own = scaling?.restore(part) ?? part
      return LinearPredictor(
        intercept: hasIntercept ? own.last! : 0, coefficients: hasIntercept ? Array(own.dropLast()) : own)
    }
  }
}
