import EspalierFiles
import EspalierProximalPoint
import EspalierTensors

extension Fit {
  /// The solution of the predictors to begin at, in the order of `FamilyLoss` and for features after `scaling`; `nil`
  /// to begin anew.
  func startSolution(_ scaling: FeatureScaling?) -> [Double]? {
    start?.flatMap { predictor in
      let own = predictor.coefficients + (options.intercept ? [predictor.intercept] : [])
      return scaling?.scaled(own) ?? own
    }
  }

  /// The objective at a solution: the average loss plus the regulariser.
  func objective<Features: FeatureRows>(_ examples: Examples<Features>, at solution: [Double]) -> Double {
    let penalty = solution.indices.reduce(0) { sum, place in
      let isIntercept = place % examples.dimension >= examples.rows.dimension
      return isIntercept ? sum : sum + options.regularizer.value(solution[place])
    }
    return loss.average(over: examples, at: solution) + penalty
  }

  /// A checksum of predictors, for the origin of a fit's states.
  static func checksum(of predictors: [LinearPredictor]) -> String {
    var checksum = Checksum()
    for predictor in predictors { checksum.add("\(predictor.intercept) \(predictor.coefficients)") }
    return "\(checksum.value)"
  }
}

extension FeatureScaling {
  /// Coefficients (followed by the intercept, if any) of the scaled features: the inverse of `restore`.
  func scaled(_ solution: [Double]) -> [Double] {
    var result = solution
    if result.count > means.count {
      result[means.count] += zip(means, solution).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for feature in means.indices { result[feature] *= deviations[feature] }
    return result
  }
}
