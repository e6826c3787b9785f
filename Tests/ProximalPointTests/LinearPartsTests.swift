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

  /// Fewer rows than features, and penalties that are nothing beside the units of the features: every target is met.
  @Test(arguments: losses.indices)
  func vanishingPenaltiesLeaveNoLoss(loss: Int) throws {
    func check(_ loss: some Loss, _ regularizer: some Regularizer) throws {
      let base = try problem(loss, count: 30, dimension: 200, seed: 6)
      let examples = try Examples(
        DenseRows(dimension: 200, base.rows.elements.map { 1e8 * $0 }), targets: base.targets, weights: base.weights,
        intercept: true)
      let solver = AutomaticSolver()
      for result in [
        try solver.minimize(loss, over: examples, regularizer: regularizer),
        try solver.minimize(loss, over: sparse(examples), regularizer: regularizer),
      ] {
        #expect(result.status == .converged && result.objective < 1e-6, "\(regularizer.name): \(result.reason)")
      }
    }
    for regularizer: any Regularizer in [L2(0.01), L1(0.01), ElasticNet(l1: 0.01, l2: 0.01)] {
      try check(Self.losses[loss], regularizer)
    }
  }

  /// A feature that is another but for a share of noise. The gradient along their difference is small everywhere, the
  /// minimum far: without a gap of `r^T u`, any point would be certified.
  @Test(arguments: [1e-7, 1e-8])
  func nearlyCollinearFeaturesNeedMoreThanAGradient(share: Double) throws {
    func check(_ loss: some Loss, _ seed: UInt64) throws {
      var generator = SeededGenerator(seed: seed)
      var (apart, near, targets) = ([Double](), [Double](), [Double]())
      for _ in 0..<300 {
        let row = (0..<4).map { _ in generator.normal() }
        let noise = generator.normal()
        apart += row + [noise]
        near += row + [row[0] + share * noise]
        let g = row[0] - row[1] + generator.normal() + 0.3 * noise
        targets.append(loss.accepts(target: g) ? g : g > 0 ? 1 : -1)
      }
      let solver = AutomaticSolver()
      let reference = try solver.minimize(
        loss, over: Examples(DenseRows(dimension: 5, apart), targets: targets, intercept: true))
      let result = try solver.minimize(
        loss, over: Examples(DenseRows(dimension: 5, near), targets: targets, intercept: true))
      #expect(reference.status == .converged, "\(reference.reason)")
      #expect(
        result.status == .stopped || result.objective < reference.objective * (1 + 1e-6),
        "\(loss.name) \(seed): \(result.objective) for \(reference.objective)")
    }
    for seed in 1...3 as ClosedRange<UInt64> {
      try check(QuantileLoss(), seed)
      try check(HingeLoss(), seed)
    }
  }

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
