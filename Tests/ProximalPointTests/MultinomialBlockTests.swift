import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Foundation
import Testing

/// The average multinomial loss and its gradient, computed in blocks, against the formula row by row.
@Suite struct MultinomialBlockTests {
  /// Value and gradient of `sum_i w_i (log(sum_k e^(g_k)) - g_b) / n`, by loops.
  private func naive<Rows: FeatureRows>(
    _ examples: Examples<Rows>, classes: Int, at x: [Double]
  ) -> (value: Double, gradient: [Double]) {
    let p = examples.dimension
    var (value, gradient) = (0.0, [Double](repeating: 0, count: x.count))
    for row in 0..<examples.count {
      var features = [Double](repeating: 0, count: p)
      examples.rows.forEachElement(of: row) { features[$0] = $1 }
      if examples.hasIntercept { features[p - 1] = 1 }
      let g = (0..<classes).map { k in (0..<p).reduce(0) { $0 + features[$1] * x[k * p + $1] } }
      let largest = g.max()!
      let sum = g.reduce(0) { $0 + exp($1 - largest) }
      let own = Int(examples.targets[row])
      let factor = (examples.weights?[row] ?? 1) / Double(examples.count)
      value += factor * (largest - g[own] + log(sum))
      for k in 0..<classes {
        let error = exp(g[k] - largest) / sum - (k == own ? 1 : 0)
        for j in 0..<p { gradient[k * p + j] += factor * error * features[j] }
      }
    }
    return (value, gradient)
  }

  /// Blocks of one row and of many, full vectors of four classes and incomplete ones, predictors up to 1e3.
  @Test(arguments: [2, 3, 4, 9, 1100], [1e-3, 1, 300])
  func blocksAreTheFormula(classes: Int, scale: Double) throws {
    var generator = SeededGenerator(seed: 8)
    let (count, features) = (40, 5)
    let elements = (0..<count * features).map { _ in generator.uniform() < 0.4 ? 0 : generator.normal() }
    let dense = try DenseRows(dimension: features, elements)
    let targets = (0..<count).map { _ in Double(generator.index(below: classes)) }
    let weights = (0..<count).map { _ in generator.uniform() }
    for intercept in [false, true] {
      let x = (0..<classes * (features + (intercept ? 1 : 0))).map { _ in scale * generator.normal() }
      let examples = try Examples(dense, targets: targets, weights: weights, intercept: intercept)
      let expected = naive(examples, classes: classes, at: x)
      let sparse = try Examples(SparseRows(dense), targets: targets, weights: weights, intercept: intercept)
      let loss = MultinomialLogisticLoss(classes: classes)
      let (first, second) = (
        MultinomialObjective(loss, over: examples), MultinomialObjective(loss, over: sparse)
      )
      for (value, gradient) in [
        (first.lossValue(x), first.lossGradient(x)), (second.lossValue(x), second.lossGradient(x)),
      ] {
        #expect(abs(value - expected.value) <= 1e-12 * (1 + expected.value))
        #expect(zip(gradient, expected.gradient).allSatisfy { abs($0 - $1) <= 1e-12 })
      }
    }
  }

  @Test func aLatestEvaluationIsOfItsPoint() throws {
    let examples = try Examples(DenseRows(dimension: 1, [1, -2, 0.5]), targets: [0, 1, 1])
    let objective = MultinomialObjective(MultinomialLogisticLoss(classes: 2), over: examples)
    for point in [[0.0, 0], [1, -1], [0, 0], [0.3, 2]] {
      let expected = naive(examples, classes: 2, at: point)
      #expect(abs(objective.lossValue(point) - expected.value) < 1e-14)
      #expect(zip(objective.lossGradient(point), expected.gradient).allSatisfy { abs($0 - $1) < 1e-14 })
    }
  }

  /// Losses far below the rounding of 1 keep their digits.
  @Test func certainOutcomesArePrecise() throws {
    let examples = try Examples(DenseRows(dimension: 1, [1]), targets: [1])
    let objective = MultinomialObjective(MultinomialLogisticLoss(classes: 2), over: examples)
    let tiny = exp(-80.0)
    #expect(abs(objective.lossValue([0, 80]) / tiny - 1) < 1e-12)
    #expect(abs(objective.lossGradient([0, 80])[1] / -tiny - 1) < 1e-12)
  }
}
