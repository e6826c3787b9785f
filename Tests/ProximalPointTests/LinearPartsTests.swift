import EspalierProximalPoint
import EspalierTensors
import Testing

/// The interior point method ends where narrowing envelopes do, on tall and wide, dense and sparse rows.
@Suite struct LinearPartsTests {
  private static let losses: [any Loss] = [QuantileLoss(quantile: 0.3), HingeLoss(), HuberLoss(threshold: 0.5)]

  private func problem(_ loss: any Loss, count: Int, dimension: Int, seed: UInt64) throws -> Examples<DenseRows> {
    var generator = SeededGenerator(seed: seed)
    var (elements, targets, weights, offsets) = ([Double](), [Double](), [Double](), [Double]())
    for _ in 0..<count {
      let common = generator.normal()
      let row = (0..<dimension).map { $0 % 3 == 0 && generator.index(below: 2) == 0 ? 0 : common + generator.normal() }
      elements += row
      let g = row.prefix(4).reduce(0.4) { 0.5 * $1 - $0 } + 1.5 * generator.normal()
      targets.append(loss.accepts(target: g) ? g : g > 0 ? 1 : -1)
      weights.append(Double(1 + generator.index(below: 3)))
      offsets.append(0.1 * generator.normal())
    }
    return try Examples(
      DenseRows(dimension: dimension, elements), targets: targets, offsets: offsets, weights: weights, intercept: true)
  }

  /// The objective at the end of the envelopes.
  private func envelopes<L: Loss, R: Regularizer>(
    _ loss: L, _ examples: Examples<DenseRows>, _ regularizer: R
  ) -> Minimization {
    let objective = StandardizedObjective(
      Objective(loss, over: examples, regularizer: regularizer), scales: nil, shifts: nil)
    let (units, polish) = (LossUnits(loss, over: examples), Polish())
    var state = polish.beginEnvelopes(
      objective, from: [Double](repeating: 0, count: examples.dimension), units)
    while polish.advanceEnvelopes(&state, objective, hasIntercept: true, units) {}
    return polish.outcome(of: state, objective, hasIntercept: true, units, seeksInfinity: false)
  }

  @Test(arguments: losses.indices, [(70, 6), (25, 40)])
  func interiorPointsEndWhereEnvelopesDo(loss: Int, size: (count: Int, dimension: Int)) throws {
    func check(_ loss: some Loss, _ regularizer: some Regularizer, _ seed: UInt64) throws {
      let examples = try problem(loss, count: size.count, dimension: size.dimension, seed: seed)
      let ours = try AutomaticSolver().minimize(loss, over: examples, regularizer: regularizer)
      let others = envelopes(loss, examples, regularizer)
      let name = "\(loss.name), \(regularizer.name), \(seed): \(ours.reason) \(others.reason)"
      #expect(ours.status == .converged && ours.method.contains("interior point"), "\(name)")
      #expect(ours.objective <= others.objective + 1e-6 * abs(others.objective), "\(name)")
      #expect(others.status != .converged || ours.objective >= others.objective * (1 - 1e-5), "\(name)")
      let sparse = try AutomaticSolver().minimize(loss, over: sparse(examples), regularizer: regularizer)
      #expect(abs(sparse.objective - ours.objective) < 1e-8 * ours.objective, "\(name)")
    }
    for seed in [3, 8] as [UInt64] {
      for regularizer: any Regularizer in [L2(0.05), L1(0.04), ElasticNet(l1: 0.02, l2: 0.05), NoRegularizer()]
      where size.count > size.dimension || !(regularizer is NoRegularizer) {
        try check(Self.losses[loss], regularizer, seed)
      }
    }
  }

  /// Where there are fewer rows than features, the system of the rows has the solution of that of the features.
  @Test func aStrongPenaltyLeavesNoFeature() throws {
    let examples = try problem(QuantileLoss(), count: 25, dimension: 40, seed: 5)
    let none = try AutomaticSolver().minimize(QuantileLoss(), over: examples, regularizer: L1(10))
    #expect(none.status == .converged && none.coefficients.allSatisfy { $0 == 0 }, "\(none.reason)")
    let some = try AutomaticSolver().minimize(QuantileLoss(), over: examples, regularizer: L1(0.1))
    let count = some.coefficients.count { $0 != 0 }
    #expect(some.status == .converged && count > 0 && count < 25, "\(some.reason), \(count)")
  }

  @Test func conjugateGradientsEndWhereFactorsDo() throws {
    for loss: any Loss in [LogisticLoss(), PoissonLoss(), NegativeBinomialLoss(dispersion: 0.5), SquaredHingeLoss()] {
      func check(_ loss: some Loss, _ regularizer: some QuadraticRegularizer) throws {
        let base = try problem(SquaredLoss(), count: 60, dimension: 8, seed: 4)
        let targets = base.targets.map { g in
          [abs(g.rounded()), g > 0 ? 1 : -1, g > 0 ? 1 : 0].first { loss.accepts(target: $0) }!
        }
        let examples = try Examples(base.rows, targets: targets, intercept: true)
        let factors = try AutomaticSolver().minimize(loss, over: examples, regularizer: regularizer)
        let products = try AutomaticSolver(newtonLimit: 0).minimize(loss, over: examples, regularizer: regularizer)
        #expect(products.status == .converged && products.method.contains("conjugate gradients"), "\(products.reason)")
        #expect(distance(factors.solution, products.solution) < 1e-6, "\(loss.name) \(regularizer.name)")
      }
      try check(loss, NoRegularizer())
      try check(loss, L2(0.1))
    }
  }
}
