import EspalierProximalPoint
import EspalierTensors
import Foundation
import Testing

/// With fewer rows than features, in units of any size, the methods of many features end where Newton's on all of them
/// does.
@Suite struct WideProblemTests {
  private static let losses: [any Loss] = [
    SquaredLoss(), LogisticLoss(), PoissonLoss(), SquaredHingeLoss(), GammaLoss(), HingeLoss(),
    HuberLoss(threshold: 0.5),
  ]

  /// Twenty rows of fifty features, `spread` powers of ten apart.
  private func examples(_ loss: any Loss, spread: Double, seed: UInt64) throws -> Examples<DenseRows> {
    var generator = SeededGenerator(seed: seed)
    let units = (0..<50).map { _ in pow(10, spread * (generator.uniform() - 0.5)) }
    var (elements, targets, weights) = ([Double](), [Double](), [Double]())
    for _ in 0..<20 {
      let row = (0..<50).map { _ in generator.index(below: 3) == 0 ? 0 : generator.normal() + 1 }
      elements += zip(row, units).map(*)
      let g = row.prefix(4).reduce(0.4) { 0.5 * $1 - $0 } + generator.normal()
      let candidates = [g, g > 0 ? 1 : -1, g > 0 ? 1 : 0, max(g, -g).rounded(.up)]
      targets.append(candidates.first(where: loss.accepts)!)
      weights.append(Double(1 + generator.index(below: 3)))
    }
    return try Examples(DenseRows(dimension: 50, elements), targets: targets, weights: weights, intercept: true)
  }

  @Test(arguments: losses.indices, [0, 4])
  func theyEndWhereNewtonDoes(loss: Int, spread: Double) throws {
    func check(_ loss: some Loss, _ regularizer: some Regularizer, _ seed: UInt64) throws {
      let examples = try examples(loss, spread: spread, seed: seed)
      let whole = try AutomaticSolver().minimize(loss, over: examples, regularizer: regularizer)
      for wide in [
        try AutomaticSolver(newtonLimit: 40).minimize(loss, over: examples, regularizer: regularizer),
        try AutomaticSolver(newtonLimit: 40).minimize(loss, over: sparse(examples), regularizer: regularizer),
      ] {
        let name = "\(loss.name), \(regularizer.name), \(seed): \(wide.reason)"
        #expect(wide.status == .converged, "\(name)")
        #expect(
          wide.method.contains("as examples") || wide.method.contains("augmented") || loss.hasLinearParts, "\(name)")
        #expect(abs(wide.objective - whole.objective) < 1e-7 * (1 + abs(whole.objective)), "\(name) \(whole.objective)")
        let objective = Objective(loss, over: examples, regularizer: regularizer).value(wide.solution)
        #expect(abs(objective - wide.objective) < 1e-9 * (1 + abs(objective)), "\(name)")
      }
    }
    for seed in [3, 8] as [UInt64] {
      for regularizer: any Regularizer in [L2(0.05), L1(0.04), ElasticNet(l1: 0.02, l2: 0.05)] {
        try check(Self.losses[loss], regularizer, seed)
      }
    }
  }

  /// Bounds that leave out 0 hold for coefficients that a strong penalty would leave there.
  @Test func boundsHoldWhereNothingElseMoves() throws {
    var conditions = FeatureConditions(features: 50)
    for feature in 0..<5 { conditions.lower[feature] = 0.5 }
    let regularizer = ConditionedElasticNet(l1: 100, l2: 0, conditions)
    func check(_ loss: some Loss, isSolved: Bool) throws {
      let examples = try examples(loss, spread: 0, seed: 3)
      let result = try AutomaticSolver(newtonLimit: 40).minimize(loss, over: examples, regularizer: regularizer)
      #expect(!isSolved || result.status == .converged, "\(result.reason)")
      for feature in 0..<50 {
        #expect(abs(result.solution[feature] - (feature < 5 ? 0.5 : 0)) < 1e-9, "\(loss.name) \(feature)")
      }
    }
    try check(SquaredLoss(), isSolved: true)
    try check(QuantileLoss(quantile: 0.5), isSolved: false)
  }

  @Test func severalClasses() throws {
    var generator = SeededGenerator(seed: 5)
    let elements = (0..<20 * 50).map { _ in generator.normal() }
    let targets = (0..<20).map { _ in Double(generator.index(below: 3)) }
    let examples = try Examples(DenseRows(dimension: 50, elements), targets: targets, intercept: true)
    let loss = MultinomialLogisticLoss(classes: 3)
    let whole = try AutomaticSolver().minimize(loss, over: examples, regularizer: L2(0.1))
    let wide = try AutomaticSolver(newtonLimit: 70).minimize(loss, over: examples, regularizer: L2(0.1))
    #expect(whole.status == .converged && wide.status == .converged, "\(wide.reason)")
    #expect(wide.method.contains("as many coordinates as examples"))
    #expect(zip(wide.solution, whole.solution).allSatisfy { abs($0 - $1) < 1e-5 })
  }
}
