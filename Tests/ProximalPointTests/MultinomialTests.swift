import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Foundation
import Testing

@Suite struct MultinomialTests {
  private func examples(classes: Int, dimension: Int = 4, scale: Double = 1) throws -> Examples<DenseRows> {
    let base = try randomExamples(.gaussian, count: 90, dimension: dimension, seed: 12, extras: true)
    let targets = base.targets.enumerated().map { index, y in
      Double((index % 4 == 0 ? index : Int((2 * abs(y)).rounded())) % classes)
    }
    return try Examples(
      DenseRows(dimension: dimension, base.rows.elements.map { $0 * scale }), targets: targets, weights: base.weights,
      intercept: true)
  }

  /// The optimality condition of the proximal step, class by class, for a step on one example from a random point.
  @Test(arguments: [2, 3, 7], stride(from: -9, through: 9, by: 3).map { pow(10, Double($0)) })
  func proximalStepsSolveTheirEquation(classes: Int, step: Double) throws {
    let loss = MultinomialLogisticLoss(classes: classes)
    var generator = SeededGenerator(seed: 4)
    for scale in [1e-4, 1, 1e4] {
      let rows = try DenseRows(dimension: 2, [generator.normal() * scale, generator.normal() * scale])
      for start in [0, 1, 500] {
        let target = generator.index(below: classes)
        let examples = try Examples(rows, targets: [Double(target)])
        let z = (0..<2 * classes).map { _ in Double(start) / scale * generator.normal() }
        let x = SPPA(step: step).step(Iterate(at: z), on: [0], of: examples, loss: loss).current
        // phi at x against its neighbours along every direction in which the step may move: x is the minimiser.
        func phi(_ x: [Double]) -> Double {
          let distance = zip(x, z).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          return MultinomialObjective(loss, over: examples).value(x) + distance / (2 * step)
        }
        let best = phi(x)
        #expect(best <= phi(z))
        for k in 0..<classes {
          for size in [-1e-3, 1e-3] {
            var other = x
            for j in 0..<2 { other[2 * k + j] += size * rows.elements[j] / rows.squaredNorm(0) }
            #expect(best <= phi(other) + 1e-10 * abs(best), "\(classes) \(step) \(scale) \(start)")
          }
        }
      }
    }
  }

  @Test func twoClassesAreTheLogisticLoss() throws {
    // With coefficients x and -x, two classes are one logistic loss of the predictor 2 <a, x>: the proximal step of
    // size eta on both is one of size 2 eta on the difference.
    let base = try randomExamples(.binomial, count: 30, dimension: 3, seed: 2)
    let options = MinimizationOptions(epochs: 2)
    for momentum in [0, 0.5] {
      let two = try SPPAM(step: 1, momentum: momentum).minimize(
        MultinomialLogisticLoss(classes: 2), over: base, options: options)
      let one = try SPPAM(step: 2, momentum: momentum).minimize(LogisticLoss(), over: base, options: options)
      let difference = (0..<3).map { two.solution[3 + $0] - two.solution[$0] }
      #expect(distance(difference, one.solution) < 1e-10)
      let explicit = try SGDM(step: 0.1, momentum: momentum).minimize(
        MultinomialLogisticLoss(classes: 2), over: base, options: options)
      let single = try SGDM(step: 0.2, momentum: momentum).minimize(LogisticLoss(), over: base, options: options)
      #expect(distance((0..<3).map { explicit.solution[3 + $0] - explicit.solution[$0] }, single.solution) < 1e-12)
    }
  }

  @Test func gradientsAreThoseOfValues() throws {
    let examples = try examples(classes: 3)
    let objective = MultinomialObjective(MultinomialLogisticLoss(classes: 3), over: examples)
    var generator = SeededGenerator(seed: 3)
    let x = (0..<objective.dimension).map { _ in generator.normal() }
    let gradient = objective.lossGradient(x)
    for j in x.indices {
      var (up, down) = (x, x)
      up[j] += 1e-5
      down[j] -= 1e-5
      #expect(abs((objective.value(up) - objective.value(down)) / 2e-5 - gradient[j]) < 1e-8)
    }
  }

  @Test func smallStepsComeToTheOptimum() throws {
    let examples = try examples(classes: 3)
    let loss = MultinomialLogisticLoss(classes: 3)
    let objective = MultinomialObjective(loss, over: examples, regularizer: L2(0.05))
    let optimum = LBFGS().minimize(
      value: objective.value,
      gradient: { x in
        var gradient = objective.lossGradient(x)
        for j in x.indices where j % 5 < 4 { gradient[j] += 0.05 * x[j] }
        return gradient
      }, from: [Double](repeating: 0, count: objective.dimension))
    #expect(optimum.status == .converged)
    for method: any StochasticMethod in [
      SPPA(step: 0.2), SPPAM(step: 0.05, momentum: 0.8), SPPAM(step: 0.1, momentum: 0.8, batch: .averaged(10)),
      SGD(step: 0.2), Nesterov(step: 0.05, momentum: 0.5),
    ] {
      let result = try method.minimize(
        loss, over: examples, regularizer: L2(0.05), schedule: PolynomialDecay(power: 0.9, delay: 200),
        options: MinimizationOptions(epochs: 150, order: .shuffled(seed: 1), averagingFrom: 2))
      #expect(result.objective - optimum.objective < 5e-4, "\(method.name) \(result.objective - optimum.objective)")
    }
  }

  @Test func anyStepStaysFinite() throws {
    let loss = MultinomialLogisticLoss(classes: 3)
    for scale in [1, 1e6] {
      let examples = try examples(classes: 3, scale: scale)
      for step in [1e-3, 1, 1e3] {
        let result = try SPPA(step: step).minimize(loss, over: examples)
        #expect(result.status == .stopped)
        #expect(result.objective.isFinite)
        let l1 = try SPPA(step: step).minimize(loss, over: examples, regularizer: L1(100 * scale))
        let zeros = l1.solution.enumerated().allSatisfy { $0 % 5 == 4 || $1 == 0 }
        #expect(zeros)
      }
    }
  }

  /// Newton's method and L-BFGS end where `x -> prox_R(x - grad)` stands still, from any step size of the approach.
  @Test(arguments: [1e-3, 1, 1e3])
  func theDefaultEndsAtTheOptimum(step: Double) throws {
    let loss = MultinomialLogisticLoss(classes: 3)
    let examples = try examples(classes: 3)
    func check(_ regularizer: some Regularizer, newtonLimit: Int = 2000) throws {
      let result = try AutomaticSolver(step: step, newtonLimit: newtonLimit).minimize(
        loss, over: examples, regularizer: regularizer)
      #expect(result.status == .converged, "\(regularizer.name) \(result.reason)")
      let x = result.solution
      let objective = MultinomialObjective(loss, over: examples, regularizer: regularizer)
      let gradient = objective.lossGradient(x)
      for j in x.indices {
        let target = j % 5 < 4 ? regularizer.proximal(x[j] - gradient[j], step: 1) : x[j] - gradient[j]
        #expect(abs(target - x[j]) < 1e-6, "\(regularizer.name) \(j)")
      }
      #expect(abs(objective.value(x) - result.objective) < 1e-12)
      #expect(abs(x[4] + x[9] + x[14]) < 1e-10)
      // Sparse rows are not shifted, and have the same optimum.
      let same = try AutomaticSolver(newtonLimit: newtonLimit).minimize(
        loss, over: sparse(examples), regularizer: regularizer)
      #expect(distance(same.solution, x) < 1e-5)
    }
    try check(NoRegularizer())
    try check(L2(0.1))
    try check(L1(0.02))
    try check(ElasticNet(l1: 0.02, l2: 0.1))
    try check(NoRegularizer(), newtonLimit: 0)
    try check(L2(0.1), newtonLimit: 0)
  }

  @Test func streamedPassesAreEpochs() throws {
    let loss = MultinomialLogisticLoss(classes: 3)
    let examples = try examples(classes: 3)
    for method: any StochasticMethod in [SGD(step: 0.1), SPPAM(step: 0.1, momentum: 0.5, batch: .averaged(10))] {
      let epoch = try method.minimize(loss, over: examples, options: MinimizationOptions(epochs: 1))
      var blocks = [examples]
      let pass = try method.pass(of: loss, from: Iterate(dimension: 15)) { blocks.popLast() }
      #expect(pass.iterate.current == epoch.solution && pass.progressiveLoss > epoch.objective)
    }
  }

  @Test func theProbeSeesTheHessianAtZero() throws {
    let loss = MultinomialLogisticLoss(classes: 4)
    let examples = try examples(classes: 4)
    let probe = try Probe(loss, examples)
    let hessian = MultinomialObjective(loss, over: examples, regularizer: L2(1)).lossHessian(
      [Double](repeating: 0, count: 20))
    var vector = (0..<20).map { 1 + Double($0 * 7 % 5) }
    var eigenvalue = 0.0
    for _ in 0..<500 {
      // Orthogonal to what is added for the intercepts.
      let average = stride(from: 4, to: 20, by: 5).reduce(0) { $0 + vector[$1] } / 4
      for j in stride(from: 4, to: 20, by: 5) { vector[j] -= average }
      let product = hessian.product(vector)
      eigenvalue = product.reduce(0) { $0 + $1 * $1 }.squareRoot()
      vector = product.map { $0 / eigenvalue }
    }
    #expect(abs(probe.averageCurvature - eigenvalue) < 1e-3 * eigenvalue)
  }

  @Test func whatIsNotForSeveralClassesIsRefused() throws {
    let loss = MultinomialLogisticLoss(classes: 3)
    let examples = try examples(classes: 4)
    #expect(throws: EspalierError.self) { try SPPA(step: 1).minimize(loss, over: examples) }
    let fewer = try self.examples(classes: 3)
    #expect(throws: EspalierError.self) { try SPPA(step: 1, batch: .joint(2)).minimize(loss, over: fewer) }
    #expect(throws: EspalierError.self) { try TruncatedModel(step: 1).minimize(loss, over: fewer) }
  }
}
