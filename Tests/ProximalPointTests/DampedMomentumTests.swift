import EspalierProximalPoint
import EspalierTensors
import Foundation
import Testing

/// Momentum damped by contraction where plain momentum is fast, and where it diverges: joint batches of 10, and
/// n = p = 100.
@Suite struct DampedMomentumTests {
  /// `A = U diag(condition ... 1) V^T` with random orthogonal factors, x* Gaussian, and targets of a family.
  private func problem(_ family: Family, condition: Double, seed: UInt64) throws -> Examples<DenseRows> {
    let size = 100
    var generator = SeededGenerator(seed: seed)
    let (u, v) = (orthogonal(size, &generator), orthogonal(size, &generator))
    let truth = (0..<size).map { _ in generator.normal() }
    var elements: [Double] = []
    var targets: [Double] = []
    for i in 0..<size {
      let row = (0..<size).map { j in
        (0..<size).reduce(0.0) { sum, k in
          sum + u[k][i] * (condition + (1 - condition) * Double(k) / Double(size - 1)) * v[k][j]
        }
      }
      let g = zip(row, truth).reduce(0) { $0 + $1.0 * $1.1 }
      elements += row
      targets.append(family == .gaussian ? g + 1e-3 * generator.normal() : poisson(exp(g), &generator))
    }
    return try Examples(DenseRows(dimension: size, elements), targets: targets)
  }

  private func orthogonal(_ size: Int, _ generator: inout SeededGenerator) -> [[Double]] {
    var basis: [[Double]] = []
    while basis.count < size {
      var vector = (0..<size).map { _ in generator.normal() }
      for _ in 0..<2 {
        for other in basis {
          let share = zip(vector, other).reduce(0) { $0 + $1.0 * $1.1 }
          vector = zip(vector, other).map { $0 - share * $1 }
        }
      }
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      basis.append(vector.map { $0 / length })
    }
    return basis
  }

  /// A Poisson number: by products of uniform numbers where the mean is small, else by the normal approximation.
  private func poisson(_ mean: Double, _ generator: inout SeededGenerator) -> Double {
    if mean > 50 { return max(0, (mean + mean.squareRoot() * generator.normal()).rounded()) }
    var (count, product) = (0.0, generator.uniform())
    while product > exp(-mean) {
      product *= generator.uniform()
      count += 1
    }
    return count
  }

  /// The number of steps until `||b - bhat||^2 <= 0.01 ||b||^2`; `nil` if that is beyond the limit.
  private func steps<L: Loss>(
    _ method: SPPAM, _ loss: L, _ examples: Examples<DenseRows>, limit: Int
  ) -> Int? {
    let scale = examples.targets.reduce(0) { $0 + $1 * $1 }
    var generator = SeededGenerator(seed: 1)
    var order: [Int] = []
    var state = Iterate(dimension: examples.dimension)
    for t in 0..<limit {
      if t % 10 == 0 { order = generator.permutation(100) }
      let batch = Array(order[t % 10 * 10..<t % 10 * 10 + 10])
      state = method.step(state, on: batch, of: examples, loss: loss)
      let error = zip(examples.predictors(state.current), examples.targets).reduce(0) {
        $0 + ($1.1 - loss.mean($1.0)) * ($1.1 - loss.mean($1.0))
      }
      if error <= 0.01 * scale { return t + 1 }
    }
    return nil
  }

  private func compare<L: Loss>(_ loss: L, _ examples: Examples<DenseRows>, _ step: Double, limit: Int) {
    let batch = Batch.joint(10)
    let plain = steps(SPPAM(step: step, momentum: 0, batch: batch), loss, examples, limit: limit)
    let undamped = steps(SPPAM(step: step, momentum: 0.9, batch: batch), loss, examples, limit: limit)
    let damped = steps(
      SPPAM(step: step, momentum: 0.9, batch: batch, damping: .contraction), loss, examples, limit: limit)
    // Never behind the better of the two by more than a part, and ahead of none of them for long steps.
    let best = min(plain ?? .max, undamped ?? .max)
    if best < .max {
      #expect(damped != nil, "step \(step)")
      #expect(Double(damped ?? .max) <= 2 * Double(best) + 10, "step \(step): \(damped ?? -1), \(best)")
      #expect(Double(damped ?? .max) <= 1.1 * Double(plain ?? .max) + 2, "step \(step)")
    }
  }

  @Test(arguments: [1, 10], [1e-2, 1e-1, 1, 10, 1e3])
  func linearRegressionAtEveryStep(condition: Double, step: Double) throws {
    compare(SquaredLoss(), try problem(.gaussian, condition: condition, seed: 1), step, limit: 600)
  }

  @Test(arguments: [1, 3, 5], [1e-2, 1e-1, 1, 10, 1e3])
  func poissonRegressionAtEveryStep(condition: Double, step: Double) throws {
    compare(PoissonLoss(), try problem(.poisson, condition: condition, seed: 1), step, limit: 300)
  }

  @Test func plainMomentumDivergesWhereDampedIsFastest() throws {
    let examples = try problem(.gaussian, condition: 10, seed: 1)
    let plain = SPPAM(step: 1e3, momentum: 0.9, batch: .joint(10))
    #expect(steps(plain, SquaredLoss(), examples, limit: 600) == nil)
    let damped = SPPAM(step: 1e3, momentum: 0.9, batch: .joint(10), damping: .contraction)
    #expect(try #require(steps(damped, SquaredLoss(), examples, limit: 600)) < 100)
  }

  @Test(arguments: Family.allCases, [Batch.example, .averaged(5), .joint(5)])
  func goldenDataAtEveryStep(family: Family, batch: Batch) throws {
    let examples = try goldenExamples(family)
    try withLoss(family) { loss in
      for step in [1e-3, 1e-1, 10, 1e3] {
        let result = try SPPAM(step: step, momentum: 0.9, batch: batch, damping: .contraction).minimize(
          loss, over: examples, options: MinimizationOptions(epochs: 30))
        #expect(result.status == .stopped)
        #expect(result.objective.isFinite)
      }
    }
  }

  @Test func pureStepsAreThoseOfTheLoop() throws {
    let examples = try goldenExamples(.poisson)
    let method = SPPAM(step: 2, momentum: 0.9, batch: .joint(5), damping: .contraction)
    var state = Iterate(dimension: 6)
    for t in 0..<8 {
      state = method.step(state, on: Array(5 * t..<5 * t + 5), of: examples, loss: PoissonLoss())
      #expect(state.contraction < 1)
    }
    let result = try method.minimize(PoissonLoss(), over: examples, options: MinimizationOptions(epochs: 1))
    #expect(state.current == result.solution)
  }
}
