import Foundation

extension LossUnits {
  /// The units of the multinomial loss at the class frequencies or, without intercepts, at equal probabilities.
  package init<Rows: FeatureRows>(_ loss: MultinomialLogisticLoss, over examples: Examples<Rows>) {
    self.init(classWeights: examples.classWeights(loss.classes), hasIntercept: examples.hasIntercept)
  }

  /// The units for these sums of the weights of each class's examples.
  package init(classWeights weights: [Double], hasIntercept: Bool) {
    let total = weights.reduce(0, +)
    let shares = weights.map { hasIntercept ? $0 / total : 1 / Double(weights.count) }
    let logarithms = shares.map { log(max($0, .leastNormalMagnitude)) }
    let average = logarithms.reduce(0, +) / Double(weights.count)
    intercepts = logarithms.map { hasIntercept ? $0 - average : 0 }
    slopes = zip(shares, weights).map { share, weight in
      let own = weight / total
      return (own * (1 - share) * (1 - share) + (1 - own) * share * share).squareRoot()
    }
    deviance = -zip(weights, logarithms).reduce(0) { $0 + $1.0 / total * $1.1 }
    rounding = 0
    floor = 0
    curvature = shares.reduce(0) { $0 + $1 * (1 - $1) } / Double(weights.count)
  }
}

extension Examples {
  /// The sums of the weights of the examples of each class.
  package func classWeights(_ classes: Int) -> [Double] {
    var weights = [Double](repeating: 0, count: classes)
    for row in 0..<count { weights[Int(targets[row])] += weight(row) }
    return weights
  }
}
