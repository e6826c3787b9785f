import Foundation

/// A fit of a path: a strength, and the coefficients there.
package struct PathPoint: Hashable, Sendable {
  /// The strength of the penalty as a whole.
  package let strength: Double
  /// The strength of the absolute values.
  package let l1: Double
  /// The strength of half the squares.
  package let l2: Double
  /// The coefficients, predictor by predictor, each with its intercept last.
  package let solution: [Double]
  /// The number of features with a coefficient other than 0.
  package let nonZeroCount: Int
  /// The average loss, and the penalty.
  package let objective: Double
  /// The share of the deviance of the model without features that is explained.
  package let explained: Double
  /// Whether the coefficients have a certificate.
  package let isCertified: Bool
}

/// A path of penalties, from the strongest to the weakest, and the choice of one.
package struct RegularizationPath: Hashable, Sendable {
  /// The options.
  package let options: PathOptions
  /// The fits.
  package let points: [PathPoint]
  /// The cross-validation; `nil` without one.
  package let validation: PathValidation?

  /// The number of the chosen point: by the rule of the options, or the last without cross-validation.
  package var chosen: Int { validation?.chosen(options.rule) ?? points.count - 1 }
}

/// The deviances of rows held out, at each strength of a path.
package struct PathValidation: Hashable, Sendable {
  /// The means over the folds, weighted by the weights of their rows; infinite where a fold has no finite deviance.
  package let means: [Double]
  /// The standard errors of the means.
  package let errors: [Double]

  /// The validation by the deviance of each fold at each strength, and the weight of each fold.
  ///
  /// With weights w_k that sum to 1, the mean is `m = sum_k w_k d_k` and its standard error
  /// `sqrt(sum_k w_k (d_k - m)^2 / (K - 1))`, as in glmnet.
  init(deviances: [[Double]], weights: [Double]) {
    let total = weights.reduce(0, +)
    let means = deviances[0].indices.map { place in
      zip(deviances, weights).reduce(0) { $0 + $1.0[place] * $1.1 / total }
    }
    self.means = means.map { $0.isNaN ? .infinity : $0 }
    errors = means.indices.map { place in
      let spread = zip(deviances, weights).reduce(0) {
        $0 + ($1.0[place] - means[place]) * ($1.0[place] - means[place]) * $1.1 / total
      }
      return (spread / Double(deviances.count - 1)).squareRoot()
    }
  }

  /// The place of the smallest mean; of equal ones the first, whose penalty is the strongest.
  package var smallest: Int { means.indices.reduce(0) { means[$1] < means[$0] ? $1 : $0 } }

  /// The first place whose mean is within one standard error of the smallest.
  package var oneStandardError: Int {
    let limit = means[smallest] + errors[smallest]
    return means.firstIndex { $0 <= limit } ?? smallest
  }

  /// The place chosen by a rule.
  func chosen(_ rule: PathOptions.Rule) -> Int {
    switch rule {
    case .smallest: smallest
    case .oneStandardError: oneStandardError
    }
  }
}

extension Double {
  /// The power of a positive number.
  func raised(to exponent: Double) -> Double { pow(self, exponent) }
}

extension PathPoint {
  /// The linear predictor, or one for each class in order.
  package func predictors(features: Int, hasIntercept: Bool) -> [LinearPredictor] {
    LinearPredictor.predictors(
      of: solution, count: solution.count / (features + (hasIntercept ? 1 : 0)), hasIntercept: hasIntercept,
      scaling: nil)
  }
}
