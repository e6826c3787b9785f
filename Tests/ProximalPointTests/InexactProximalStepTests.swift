import EspalierProximalPoint
import EspalierTensors
import Testing

@Suite struct InexactProximalStepTests {
  private func function(_ examples: Examples<DenseRows>, _ loss: some Loss) -> InexactProximalStep.Function {
    let objective = Objective(loss, over: examples)
    return { (objective.value($0), objective.lossGradient($0)) }
  }

  /// The rule bounds the distance from the exact step by `tolerance ||y - z||`.
  @Test(arguments: [(1e-3, 1e-9), (1, 1e-9), (1e3, 1e-4)])
  func manyInnerStepsAreTheProximalStep(step: Double, tolerance: Double) throws {
    let examples = try randomExamples(.poisson, count: 8, dimension: 5, seed: 6)
    let z = [0.3, -0.1, 0.2, 0.5, -0.4]
    let exact = SPPA(step: step, batch: .joint(8)).step(
      Iterate(at: z), on: Array(0..<8), of: examples, loss: PoissonLoss())
    let inexact = InexactProximalStep(iterations: 5000, tolerance: tolerance)
    let result = inexact(function(examples, PoissonLoss()), from: z, step: step)
    #expect(result.isWithinTolerance)
    #expect(distance(result.point, exact.current) < max(10 * tolerance, 1e-7))
  }

  @Test(arguments: [1e-3, 1, 1e3])
  func fewInnerStepsNeverRaiseTheFunction(step: Double) throws {
    let examples = try randomExamples(.poisson, count: 8, dimension: 5, seed: 6)
    let f = function(examples, PoissonLoss())
    let z = [5, 5.0, 5, 5, 5]
    for iterations in [1, 2, 5] {
      let result = InexactProximalStep(iterations: iterations)(f, from: z, step: step)
      #expect(f(result.point).value < f(z).value)
      #expect(result.evaluations <= 1 + 60 * iterations)
    }
  }

  @Test func momentumGoesOn() throws {
    let examples = try randomExamples(.gaussian, count: 20, dimension: 3, seed: 6)
    let f = function(examples, SquaredLoss())
    let method = SPPAM(step: 5, momentum: 0.5, batch: .joint(20))
    let precise = InexactProximalStep(iterations: 1000, tolerance: 1e-12)
    var (inexact, exact) = (Iterate(dimension: 3), Iterate(dimension: 3))
    for _ in 0..<10 {
      inexact = method.step(inexact, on: f, inner: precise)
      exact = method.step(exact, on: Array(0..<20), of: examples, loss: SquaredLoss())
      #expect(distance(inexact.current, exact.current) < 1e-7)
    }
    #expect(inexact.steps == 10)
  }

  @Test func theOptimumIsWhereItIs() {
    let result = InexactProximalStep()({ _ in (0, [0, 0]) }, from: [1, 2], step: 1)
    #expect(result.point == [1, 2])
    #expect(result.isWithinTolerance)
    #expect(result.evaluations == 1)
  }
}
