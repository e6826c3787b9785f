import EspalierProximalPoint
import EspalierTensors
import Testing

/// A path of penalties over rows, and over sums of them for squared errors.
@Suite struct PathSolverTests {
  private static let strengths: [(l1: Double, l2: Double)] = [(0.3, 0), (0.1, 0.02), (0.03, 0.01), (1e-3, 0), (0, 0.1)]

  /// Each solution is that of the default solver for these strengths alone.
  private func check<Rows: StandardizableRows>(
    _ examples: Examples<Rows>, _ conditions: FeatureConditions, _ note: String
  ) throws {
    #expect(PathSolver.keepsSums(SquaredLoss(), over: examples))
    var solver = try PathSolver(SquaredLoss(), over: examples, conditions: conditions)
    for (l1, l2) in Self.strengths {
      let point = solver.advance(l1: l1, l2: l2)
      let regularizer = ConditionedElasticNet(l1: l1, l2: l2, conditions)
      let alone = try AutomaticSolver().minimize(SquaredLoss(), over: examples, regularizer: regularizer)
      #expect(point.outcome.status == .converged, "\(note), \(l1), \(l2): \(point.outcome.reason)")
      #expect(distance(point.solution, alone.solution) < 1e-8, "\(note), \(l1), \(l2)")
      let objective = Objective(SquaredLoss(), over: examples, regularizer: regularizer)
      #expect(abs(point.loss - objective.lossValue(point.solution)) < 1e-13 * (1 + point.loss), "\(note), \(l1)")
      #expect(abs(point.outcome.objective - alone.objective) < 1e-12 * (1 + alone.objective), "\(note), \(l1)")
    }
  }

  @Test(arguments: [false, true]) func squaresAreSummedOnceForAllStrengths(extras: Bool) throws {
    let dense = try randomExamples(.gaussian, count: 200, dimension: 9, density: 0.5, seed: 41, extras: extras)
    var conditions = FeatureConditions(features: 9)
    try check(dense, conditions, "dense")
    try check(sparse(dense), conditions, "sparse")
    conditions.factors[2] = 0
    conditions.factors[3] = 2.5
    conditions.lower[4] = 0
    conditions.upper[5] = 0.1
    try check(dense, conditions, "dense, conditions")
    try check(sparse(dense), conditions, "sparse, conditions")
  }

  @Test func fewerExamplesThanCoefficientsAndOtherLossesAreNotSummed() throws {
    let wide = try randomExamples(.gaussian, count: 8, dimension: 9, seed: 42)
    #expect(!PathSolver.keepsSums(SquaredLoss(), over: wide))
    #expect(!PathSolver.keepsSums(PoissonLoss(), over: try randomExamples(.poisson, count: 80, dimension: 4, seed: 43)))
  }

  /// The sums of features that hardly differ say nothing about what they differ by.
  @Test func whereSumsAreTooRoundTheRowsAreUsed() throws {
    var generator = SeededGenerator(seed: 44)
    let (count, shift) = (300, 1e-7)
    var (elements, targets) = ([Double](), [Double]())
    for _ in 0..<count {
      let (common, own) = (generator.normal(), generator.normal())
      elements += [common, common + shift * own]
      targets.append(own)
    }
    let examples = try Examples(DenseRows(dimension: 2, elements), targets: targets, intercept: true)
    var solver = try PathSolver(SquaredLoss(), over: examples)
    let l1 = 1e-10
    let point = solver.advance(l1: l1, l2: 0)
    #expect(point.outcome.status == .converged, "\(point.outcome.reason)")
    #expect(abs(point.solution[1]) > 1e6)
    let gradient = Objective(SquaredLoss(), over: examples).lossGradient(point.solution)
    for j in 0..<2 { #expect(abs(gradient[j] + (point.solution[j] > 0 ? l1 : -l1)) < 1e-7) }
    #expect(point.loss < 1e-3)
  }
}
