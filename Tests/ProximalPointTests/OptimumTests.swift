import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Testing

/// Reference solvers, and the default solver, which needs no tuning.
@Suite struct OptimumTests {
  static let smooth = LossTests.losses.filter { $0.loss.isSmooth }.map(\.loss)

  private func examples(_ loss: any Loss, extras: Bool = true) throws -> Examples<DenseRows> {
    let base = try randomExamples(.gaussian, count: 80, dimension: 4, seed: 9, extras: extras)
    let targets = base.targets.enumerated().map { index, y in
      let rounded = (index % 5 == 0 ? -y : y).rounded()
      return [abs(rounded), rounded > 0 ? 1 : 0, rounded > 0 ? 1 : -1, abs(y) + 0.1, y].first {
        loss.accepts(target: $0)
      }!
    }
    return try Examples(
      base.rows, targets: targets, offsets: base.offsets, weights: base.weights, intercept: base.hasIntercept)
  }

  /// The distance of x from a fixed point of `x -> prox_R(x - grad)`: 0 at the optimum and nowhere else.
  private func stationarity<L: Loss, R: Regularizer>(
    _ loss: L, _ examples: Examples<some FeatureRows>, _ regularizer: R, _ x: [Double]
  ) -> Double {
    let gradient = Objective(loss, over: examples, regularizer: regularizer).lossGradient(x)
    return x.indices.reduce(0) { worst, j in
      let moved = x[j] - gradient[j]
      let target = j < examples.rows.dimension ? regularizer.proximal(moved, step: 1) : moved
      return max(worst, abs(target - x[j]))
    }
  }

  @Test(arguments: smooth.indices)
  func newtonEndsAtTheOptimum(index: Int) throws {
    let loss = Self.smooth[index]
    let examples = try examples(loss)
    let regularizers: [any Regularizer] = [
      NoRegularizer(), L2(0.1), L1(0.02), ElasticNet(l1: 0.02, l2: 0.1), Box(-0.1...0.1), Box.nonNegative,
    ]
    for regularizer in regularizers {
      // Classes that a plane separates have no optimum without a regulariser; these are not such.
      let result = try Newton().minimize(loss, over: examples, regularizer: regularizer)
      #expect(result.status == .converged, "\(loss.name) \(regularizer.name): \(result.reason)")
      #expect(stationarity(loss, examples, regularizer, result.solution) < 1e-6, "\(loss.name) \(regularizer.name)")
      let again = try Newton().minimize(loss, over: sparse(examples), regularizer: regularizer)
      #expect(distance(result.solution, again.solution) < 1e-6)
    }
    let limited = try LBFGS().minimize(loss, over: examples, regularizer: L2(0.1))
    let newton = try Newton().minimize(loss, over: examples, regularizer: L2(0.1))
    #expect(limited.status == .converged)
    #expect(distance(limited.solution, newton.solution) < 1e-5, "\(loss.name)")
  }

  @Test func linearRegressionIsSolvedExactly() throws {
    // y = 2 a - b + 3 without noise.
    let rows = try DenseRows(dimension: 2, [1, 0, 0, 1, 1, 1, 2, -1, -3, 0.5])
    let examples = try Examples(rows, targets: [5, 2, 4, 8, -3.5], intercept: true)
    for result in [
      try Newton().minimize(SquaredLoss(), over: examples), try LBFGS().minimize(SquaredLoss(), over: examples),
      try AutomaticSolver().minimize(SquaredLoss(), over: examples),
    ] {
      #expect(distance(result.solution, [2, -1, 3]) < 1e-6)
      #expect(result.intercept == result.solution[2])
      #expect(result.coefficients == Array(result.solution[0..<2]))
    }
  }

  @Test(arguments: Family.allCases, [1e-3, 1, 1e3])
  func theDefaultConvergesFromAnyStepAtAnyScale(family: Family, step: Double) throws {
    let base = try randomExamples(family, count: 200, dimension: 5, seed: 21, extras: true)
    // Features of scale 1e6, 1e-6 and far from 0, and one that does not vary.
    let scales = [1e6, 1, 1e-6, 1e3, 1]
    let shifts = [0, 0, 0, 1e5, 0]
    let elements = base.rows.elements.enumerated().map { $1 * scales[$0 % 5] + shifts[$0 % 5] }
    let wild = try Examples(
      DenseRows(dimension: 5, elements), targets: base.targets, offsets: base.offsets, weights: base.weights,
      intercept: true)
    try withLoss(family) { loss in
      let reference = try Newton(tolerance: 1e-15).minimize(loss, over: base)
      let result = try AutomaticSolver(step: step).minimize(loss, over: wild)
      #expect(result.status == .converged)
      for j in 0..<5 { #expect(abs(result.solution[j] * scales[j] - reference.solution[j]) < 1e-6) }
      #expect(abs(result.objective - reference.objective) < 1e-9)
      #expect(result.method.contains("Newton"))
      #expect(result.method.contains("standardised"))
    }
  }

  @Test(arguments: [1e-3, 1, 1e3])
  func lossesWithKinksComeNearTheOptimum(step: Double) throws {
    let examples = try randomExamples(.gaussian, count: 200, dimension: 3, seed: 22, extras: true)
    let result = try AutomaticSolver(step: step).minimize(QuantileLoss(quantile: 0.5), over: examples)
    // The optimum of a smoothed loss, from which the objective differs by at most the threshold's quarter.
    let smooth = try Newton().minimize(HuberLoss(threshold: 1e-3), over: examples)
    let best = Objective(QuantileLoss(quantile: 0.5), over: examples).value(smooth.solution)
    #expect(result.objective <= 1.02 * best, "\(result.status) \(result.epochs)")
  }

  @Test func lossesWithKinksAreNoMatterForNewton() throws {
    let examples = try randomExamples(.gaussian, count: 10, dimension: 2, seed: 1)
    #expect(throws: EspalierError.self) { try Newton().minimize(QuantileLoss(), over: examples) }
    #expect(throws: EspalierError.self) { try LBFGS().minimize(QuantileLoss(), over: examples) }
  }

  @Test func standardisationComesBack() throws {
    let examples = try randomExamples(.gaussian, count: 50, dimension: 3, seed: 2, extras: true)
    let (scaled, standardization) = examples.standardized()
    let x = [0.3, -2, 1.5, 0.7]
    let applied = standardization.apply(x, hasIntercept: true)
    #expect(distance(examples.predictors(x), scaled.predictors(applied)) < 1e-12)
    #expect(distance(standardization.restore(applied, hasIntercept: true), x) < 1e-12)
    for column in 0..<3 {
      let values = (0..<50).map { scaled.rows.elements[$0 * 3 + column] }
      #expect(abs(values.reduce(0, +)) < 1e-11)
      #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 50 - 1) < 1e-12)
    }
    let (scaledSparse, other) = try sparse(examples).standardized()
    let back = other.restore(other.apply(x, hasIntercept: true), hasIntercept: true)
    #expect(distance(back, x) < 1e-12)
    #expect(
      distance(examples.predictors(x), scaledSparse.predictors(other.apply(x, hasIntercept: true))) < 1e-12)
  }
}
