import Files
import Foundation
import ProximalPoint
import Tensors
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

  /// The optimality condition of the proximal step, class by class, from a step taken on one example from a random point.
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
    for method: any ProximalPoint.Method in [
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

  @Test func whatIsNotForSeveralClassesIsRefused() throws {
    let loss = MultinomialLogisticLoss(classes: 3)
    let examples = try examples(classes: 4)
    #expect(throws: DataError.self) { try SPPA(step: 1).minimize(loss, over: examples) }
    let fewer = try self.examples(classes: 3)
    #expect(throws: DataError.self) { try SPPA(step: 1, batch: .joint(2)).minimize(loss, over: fewer) }
    #expect(throws: DataError.self) { try TruncatedModel(step: 1).minimize(loss, over: fewer) }
  }
}
