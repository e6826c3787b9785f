import EspalierFiles

/// Minimises an average loss and an elastic regulariser for one strength after another, each from the solution before:
/// the path of the lasso and the elastic net (J. Friedman, T. Hastie, R. Tibshirani, Journal of Statistical Software
/// 2010).
///
/// Newton's method runs on a working set of features: those with coefficients, and those that the sequential strong
/// rule does not exclude (R. Tibshirani et al., Journal of the Royal Statistical Society B 2012), `|g_j| >= 2 l1_k -
/// l1_{k-1}` with the gradient g of the loss at the solution before. Features outside that violate optimality join it,
/// until none does: each solution has the certificate of all features. Features are standardised once for all
/// strengths, and the regulariser still applies to the coefficients of the features as they are.
///
/// A quadratic loss of at least as many examples as coefficients is summed over the rows once (`QuadraticLoss`); the
/// rows are used again only where coefficients are so large that the rounding of these sums could pass the certificate.
///
/// Complexity of a strength: O(nnz) for each set, and Newton's method on it; O(p^2) instead of O(nnz) by sums, which
/// take O(n p^2) once.
package struct PathSolver<L: Loss, Rows: StandardizableRows> {
  /// A point of the path.
  package struct Point: Sendable {
    /// The coefficients of the features as they are; the intercept last.
    package let solution: [Double]
    /// The average loss.
    package let loss: Double
    /// The outcome, with its certificate; in standardised coordinates.
    package let outcome: Minimization
  }

  private let loss: L
  private let scaled: StandardizedExamples<Rows>
  private let units: LossUnits
  private let hasIntercept: Bool
  private let conditions: FeatureConditions
  /// The loss of all features by its sums; `nil` for one that is taken over the rows.
  private let sums: QuadraticLoss?
  /// The solution of the strength before in standardised coordinates, and the gradient of the loss there.
  private var current: (x: [Double], gradient: [Double], l1: Double)

  /// The maximum number of features of a working set.
  private static var limit: Int { Polish.newtonLimit }

  /// The solver for a smooth loss over examples, at the model without features.
  ///
  /// - Throws: `EspalierError` if the loss does not accept a target.
  ///
  /// Features with a factor of 0 belong to that model.
  ///
  /// - Parameter conditions: The factors and bounds of features; `nil` for none.
  package init(
    _ loss: L, over examples: Examples<Rows>, conditions: FeatureConditions? = nil
  ) throws(EspalierError) {
    try examples.validate(for: loss)
    self.loss = loss
    scaled = StandardizedExamples(examples)
    units = LossUnits(loss, over: examples)
    hasIntercept = examples.hasIntercept
    self.conditions = conditions ?? FeatureConditions(features: examples.rows.dimension)
    let x = units.start(block: examples.dimension, hasIntercept: hasIntercept)
    current = (x, [], .infinity)
    let without = scaled.objective(Objective(loss, over: scaled.examples, regularizer: NoRegularizer()))
    sums = Self.keepsSums(loss, over: examples) ? QuadraticLoss(without, at: x) : nil
    let objective = objective(ConditionedElasticNet(l1: 0, l2: 0, self.conditions))
    let unpenalized = self.conditions.factors.indices.filter { self.conditions.factors[$0] == 0 }
    current.x = minimize(objective, over: unpenalized, from: x).x
    current.gradient = objective.lossGradient(current.x)
  }

  /// Whether the rows are summed over once, whatever the number of strengths.
  package static func keepsSums(_ loss: L, over examples: Examples<Rows>) -> Bool {
    loss.isQuadratic && examples.dimension <= min(limit, examples.count)
  }

  /// The smallest strength of the absolute values at which all coefficients are 0: the largest derivative of the
  /// average loss by a coefficient, at the model without features.
  package var largestStrength: Double {
    conditions.factors.indices.reduce(0) { largest, feature in
      let (slope, factor) = (current.gradient[feature], conditions.factors[feature])
      let isBlocked = slope < 0 ? conditions.upper[feature] <= 0 : conditions.lower[feature] >= 0
      guard factor > 0, !isBlocked else { return largest }
      // In standardised coordinates a derivative is divided by the feature's scale.
      return max(largest, abs(slope) * scaled.standardization.scales[feature] / factor)
    }
  }

  /// The solution for the next strengths, from the last.
  package mutating func advance(l1: Double, l2: Double) -> Point {
    let objective = objective(ConditionedElasticNet(l1: l1, l2: l2, conditions))
    let found = sums.flatMap { solution(by: $0, objective.penalty, l1) } ?? solution(of: objective, l1)
    current = (found.outcome.solution, found.gradient, l1)
    return Point(solution: scaled.coefficients(found.outcome.solution), loss: found.loss, outcome: found.outcome)
  }

  private typealias Solution = (outcome: Minimization, loss: Double, gradient: [Double])

  /// The solution by sums; `nil` where their rounding might pass for a slope of the loss, or hide one.
  private func solution<R: Regularizer>(
    by sums: QuadraticLoss, _ penalty: CoordinatePenalty<R>, _ l1: Double
  ) -> Solution? {
    let found = solution(of: QuadraticObjective(loss: sums, penalty: penalty, exampleCount: scaled.examples.count), l1)
    let limit = 1e-2 * Certificate.tolerance * (units.slopes.min() ?? 0)
    return sums.rounding(at: found.outcome.solution) <= limit ? found : nil
  }

  private func solution<F: SmoothObjective>(of objective: F, _ l1: Double) -> Solution {
    let penalty = objective.penalty
    var x = current.x
    var gradient = current.gradient
    let features = 0..<penalty.features
    // Of the first strength, all features whose slope its threshold does not cover.
    let strong = current.l1.isFinite && l1 > 0 ? max(0, 2 - current.l1 / l1) : 1
    var set = features.filter { x[$0] != 0 || abs(gradient[$0]) >= strong * penalty.threshold(at: $0) }
    var (steps, result) = (0, Minimization?.none)
    while set.count <= Self.limit {
      let part = minimize(objective, over: set, from: x)
      (x, result) = (part.x, part.result)
      steps += part.result?.steps ?? 0
      gradient = objective.lossGradient(x)
      let isUsed = Set(set)
      let violators = features.filter {
        !isUsed.contains($0)
          && units.slope(of: penalty, at: x, gradient: gradient, coordinate: $0) > 1e-2 * Certificate.tolerance
      }
      if violators.isEmpty { break }
      set = (set + violators).sorted()
    }
    let reason = set.count > Self.limit ? "\(set.count) features, more than Newton's method is used for" : ""
    let loss = objective.lossValue(x)
    let value = loss + penalty.value(x)
    var outcome = Minimization(
      status: .stopped, reason: reason.isEmpty ? result?.reason ?? "" : reason,
      method: "Newton's method on working sets of features", solution: x, hasIntercept: hasIntercept, steps: steps,
      epochs: steps, objective: value, trace: [value])
    outcome.promise = result?.promise
    let certificate = Certificate(of: objective, at: x, gradient: gradient, units, promise: outcome.promise ?? 0)
    return (outcome.certified(by: certificate), loss, gradient)
  }

  private func objective<R: Regularizer>(_ regularizer: R) -> StandardizedObjective<Objective<L, Rows, R>> {
    scaled.objective(Objective(loss, over: scaled.examples, regularizer: regularizer))
  }

  /// Minimises over some features, the coefficients of the others being 0.
  private func minimize<F: SmoothObjective>(
    _ objective: F, over set: [Int], from x: [Double]
  ) -> (x: [Double], result: Minimization?) {
    guard !set.isEmpty || hasIntercept, let part = objective.restricted(to: set) else { return (x, nil) }
    let places = set + (hasIntercept ? [objective.penalty.features] : [])
    let result = Newton().minimize(part, start: places.map { x[$0] }, hasIntercept: hasIntercept, units: units)
    var solution = [Double](repeating: 0, count: x.count)
    for (place, value) in zip(places, result.solution) { solution[place] = value }
    return (solution, result)
  }
}
