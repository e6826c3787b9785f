import EspalierProximalPoint
import Foundation

/// Sums over rows from which deviances, dispersion and likelihood follow.
///
/// Without offsets, the model with an intercept alone needs no pass of its own: its predictor is the optimum for the
/// mean of the targets, and because losses of exponential families are affine in the target up to terms without the
/// predictor, its deviance follows from that of any other constant predictor.
struct GoodnessSums {
  /// The number of rows with a positive weight.
  private(set) var rowCount = 0
  /// The sum of the weights.
  private(set) var weight = 0.0
  /// The smallest and the largest target.
  private(set) var targets = (low: Double.infinity, high: -Double.infinity)
  /// The weights of the classes.
  private(set) var classWeights: [Double]
  /// Whether a weight is not 1.
  private(set) var hasWeights = false
  /// The deviance at unit dispersion.
  private(set) var deviance = 0.0
  /// The sum of the squares of Pearson's residuals.
  private(set) var pearson = 0.0
  /// The likelihood's terms.
  private(set) var likelihood: LogLikelihood
  private var anchor: Double?
  private var anchorDeviance = 0.0
  private var targetSum = 0.0

  /// Sums over no rows.
  init(_ family: Family, classes: Int) {
    likelihood = LogLikelihood(family)
    classWeights = [Double](repeating: 0, count: classes)
  }

  /// Adds the rows of a block.
  mutating func add(_ examples: TableExamples, at fit: FitAtSolution) {
    let (targets, weights) = (examples.targets, examples.weights)
    for (target, weight) in zip(targets, weights) where weight > 0 {
      rowCount += 1
      self.weight += weight
      if weight != 1 { hasWeights = true }
      self.targets = (min(self.targets.low, target), max(self.targets.high, target))
    }
    guard let loss = fit.loss else { return addClasses(fit.shares(examples), targets, weights) }
    add(loss, fit.predictors(examples), targets, weights)
  }

  private mutating func add(_ loss: some Loss, _ predictors: [Double], _ targets: [Double], _ weights: [Double]) {
    if anchor == nil {
      let sum = weights.reduce(0, +)
      if sum > 0 { anchor = loss.optimum(zip(targets, weights).reduce(0) { $0 + $1.0 * $1.1 } / sum) }
    }
    for row in targets.indices where weights[row] > 0 {
      let (g, b, w) = (predictors[row], targets[row], weights[row])
      deviance += w * loss.deviance(g, b)
      let residual = loss.pearsonResidual(g, b)
      pearson += w * residual * residual
      likelihood.add(loss.value(g, b), target: b, weight: w)
      if let anchor { anchorDeviance += w * loss.deviance(anchor, b) }
      targetSum += w * b
    }
  }

  private mutating func addClasses(_ shares: [[Double]], _ targets: [Double], _ weights: [Double]) {
    for row in targets.indices where weights[row] > 0 {
      let own = Int(targets[row])
      let loss = -log(max(shares[own][row], .leastNonzeroMagnitude))
      deviance += 2 * weights[row] * loss
      classWeights[own] += weights[row]
      likelihood.add(loss, target: targets[row], weight: weights[row])
    }
  }

  /// The deviance of equal probabilities of all classes.
  var uniformDeviance: Double { 2 * weight * log(Double(classWeights.count)) }

  /// The deviance of the model with an intercept alone, for rows without offsets.
  func nullDeviance(_ loss: (any Loss)?) -> Double {
    guard let loss else {
      return classWeights.reduce(0) { $1 > 0 ? $0 - 2 * $1 * log($1 / weight) : $0 }
    }
    guard let anchor, weight > 0 else { return 0 }
    func value(_ loss: some Loss) -> Double {
      let mean = targetSum / weight
      let best = loss.optimum(mean)
      return anchorDeviance + 2 * weight * (loss.value(best, mean) - loss.value(anchor, mean))
    }
    return max(0, value(loss))
  }
}

extension Loss {
  /// The predictor at which the loss of a target is smallest, or, where that is at infinity or at an end of the domain,
  /// one in the domain at which its derivative is lost in rounding.
  ///
  /// Complexity: some hundred derivatives, by doubling and bisection.
  package func optimum(_ target: Double) -> Double {
    var (low, high) = (-1.0, 1.0)
    while derivative(low, target) > 0, low > -1e300 { low *= 2 }
    while derivative(high, target) < 0, high < 1e300 { high *= 2 }
    while true {
      let middle = 0.5 * low + 0.5 * high
      guard middle > low, middle < high else {
        return [middle, low, high].first { domain.contains($0) && derivative($0, target).isFinite } ?? middle
      }
      let slope = derivative(middle, target)
      if slope == 0 { return middle }
      if slope > 0 { high = middle } else { low = middle }
    }
  }
}
