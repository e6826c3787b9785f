import EspalierLinearAlgebra
import EspalierProximalPoint
import EspalierTensors
import Foundation
import Testing

/// Divergence as an outcome, probes, and inputs that break other programs.
@Suite struct SafetyTests {
  private static let methods: [any StochasticMethod & Sendable] = [
    SGD(step: 1), SGDM(step: 1, momentum: 0.9), Nesterov(step: 1, momentum: 0.9), TruncatedModel(step: 1),
    SPPA(step: 1), SPPAM(step: 1, momentum: 0.9), SPPAM(step: 1, momentum: 0.9, damping: .contraction),
    SPPA(step: 1, batch: .averaged(10)), SPPA(step: 1, batch: .joint(10)),
    SPPAM(step: 1, momentum: 0.9, batch: .joint(10)),
    SPPAM(step: 1, momentum: 0.9, batch: .joint(10), damping: .contraction),
  ]

  /// Whether the result is finite, or its status says that the method diverged.
  private func isHonest(_ result: Minimization) -> Bool {
    if case .diverged(let divergence) = result.status {
      return result.reason.hasPrefix("diverged at step \(divergence.step): ")
    }
    return result.solution.allSatisfy(\.isFinite) && result.objective.isFinite
  }

  @Test(arguments: methods.indices, [1e-3, 1, 1e3])
  func everyEndIsHonest(index: Int, scale: Double) throws {
    for family in Family.allCases {
      let examples = try randomExamples(family, count: 60, dimension: 4, seed: 8, extras: true)
      var method: any StochasticMethod = Self.methods[index]
      method.step = scale
      let name = method.name
      try withLoss(family) { loss in
        let result = try method.minimize(loss, over: examples, options: MinimizationOptions(epochs: 20))
        #expect(isHonest(result), "\(family) \(name) \(result.status)")
        if type(of: method).isImplicit && method.momentum == 0 { #expect(result.status == .stopped) }
      }
    }
  }

  @Test func explicitStepsBeyondTheCurvatureAreNamed() throws {
    let examples = try randomExamples(.gaussian, count: 60, dimension: 4, seed: 8)
    let probe = Probe(SquaredLoss(), examples)
    let safe = try SGD(step: 0.5 * probe.largestSafeStep()).minimize(SquaredLoss(), over: examples)
    #expect(safe.status == .stopped)
    let result = try SGD(step: 5 * probe.largestSafeStep()).minimize(SquaredLoss(), over: examples)
    guard case .diverged(let divergence) = result.status else {
      Issue.record("\(result.status)")
      return
    }
    #expect(
      divergence.reason
        == .stepAgainstCurvature(step: 5 * probe.largestSafeStep(), safe: probe.largestSafeStep()))
  }

  /// Examples that take turns, with a common minimiser: the bound of the full gradient diverges on some, the one for
  /// single examples on none.
  @Test(arguments: [0.0, 0.5, 0.9, 0.99])
  func stepsCalledSafeDoNotDiverge(momentum: Double) throws {
    var generator = SeededGenerator(seed: 5)
    for trial in 0..<20 {
      let (count, dimension) = (2 + trial % 7, 1 + trial % 4)
      let elements = (0..<count * dimension).map { _ in generator.normal() * (trial % 3 == 0 ? 10 : 1) }
      let rows = try DenseRows(dimension: dimension, elements)
      let truth = (0..<dimension).map { _ in generator.normal() }
      let targets = (0..<count).map { row in
        (0..<dimension).reduce(0) { $0 + elements[row * dimension + $1] * truth[$1] }
      }
      let examples = try Examples(rows, targets: targets)
      let step = Probe(SquaredLoss(), examples).largestSafeStep(momentum: momentum)
      for order in [MinimizationOptions.Order.cyclic, .shuffled(seed: UInt64(trial))] {
        for batch in [1, 2] {
          for method: any StochasticMethod in [
            SGDM(step: step, momentum: momentum, batch: .averaged(batch)),
            Nesterov(step: step, momentum: momentum, batch: .averaged(batch)),
          ] {
            let result = try method.minimize(
              SquaredLoss(), over: examples, options: MinimizationOptions(epochs: 400, order: order))
            #expect(result.status == .stopped && result.objective <= result.trace[0], "\(method.name) \(trial)")
          }
        }
      }
    }
  }

  /// Targets without a common minimiser, where the bound of the full gradient does diverge.
  @Test func theBoundOfTheFullGradientIsNoneOfSingleExamples() throws {
    let examples = try randomExamples(.gaussian, count: 60, dimension: 4, seed: 8)
    let probe = Probe(SquaredLoss(), examples)
    let options = MinimizationOptions(epochs: 50)
    let safe = try SGDM(step: probe.largestSafeStep(momentum: 0.9), momentum: 0.9).minimize(
      SquaredLoss(), over: examples, options: options)
    #expect(safe.status == .stopped && safe.objective < safe.trace[0])
    let full = try SGDM(step: 0.9 * probe.largestSafeFullStep(momentum: 0.9), momentum: 0.9).minimize(
      SquaredLoss(), over: examples, options: options)
    guard case .diverged(let divergence) = full.status,
      case .stepAgainstCurvature(_, let said) = divergence.reason
    else {
      Issue.record("\(full.status)")
      return
    }
    #expect(said <= probe.largestSafeStep(momentum: 0.9) * (1 + 1e-12))
  }

  @Test func momentumThatABatchDoesNotSeeIsNamed() throws {
    let examples = try randomExamples(.gaussian, count: 100, dimension: 100, seed: 8)
    let options = MinimizationOptions(epochs: 100)
    let plain = try SPPAM(step: 100, momentum: 0.9, batch: .joint(10)).minimize(
      SquaredLoss(), over: examples, options: options)
    guard case .diverged(let divergence) = plain.status else {
      Issue.record("\(plain.status)")
      return
    }
    #expect(divergence.reason == .momentumAgainstBatchSpan(momentum: 0.9, batch: 10, dimension: 100))
    let damped = try SPPAM(step: 100, momentum: 0.9, batch: .joint(10), damping: .contraction).minimize(
      SquaredLoss(), over: examples, options: options)
    #expect(damped.status == .stopped)
    #expect(damped.objective < 0.1 * damped.trace[0])
  }

  @Test func manyMoreColumnsThanRowsAndCountsThatOverflow() throws {
    var generator = SeededGenerator(seed: 1)
    let (n, p) = (200, 5000)
    let elements = (0..<n * p).map { _ in generator.normal() }
    let targets = (0..<n).map { _ in Double(generator.index(below: 20)) }
    let examples = try Examples(DenseRows(dimension: p, elements), targets: targets, intercept: true)
    for method: any StochasticMethod in [
      SPPA(step: 1), SPPAM(step: 1, momentum: 0.5), SPPA(step: 1, batch: .averaged(10)),
      SPPAM(step: 1, momentum: 0.9, batch: .joint(10), damping: .contraction),
    ] {
      let result = try method.minimize(PoissonLoss(), over: examples, options: MinimizationOptions(epochs: 5))
      #expect(result.status == .stopped, "\(method.name)")
      #expect(isHonest(result))
      // Undamped momentum may hover above where it began.
      if method.momentum != 0.5 { #expect(result.objective < result.trace[0], "\(method.name) \(result.trace)") }
    }
    let explicit = try SGD(step: 1).minimize(PoissonLoss(), over: examples)
    #expect(isHonest(explicit))
    let automatic = try AutomaticSolver().minimize(PoissonLoss(), over: examples)
    #expect(isHonest(automatic))
    #expect(automatic.objective < automatic.trace[0])
  }

  @Test(arguments: Family.allCases, [(1, true), (1e6, false), (1e6, true)])
  func hugeFeaturesAndOneOutlier(family: Family, input: (scale: Double, outlier: Bool)) throws {
    let base = try randomExamples(family, count: 100, dimension: 4, seed: 5, extras: true)
    var targets = base.targets
    if input.outlier { targets[17] = family == .binomial ? 1 - targets[17] : 1e6 }
    let examples = try Examples(
      DenseRows(dimension: 4, base.rows.elements.map { $0 * input.scale }), targets: targets, intercept: true)
    try withLoss(family) { loss in
      for method in Self.methods {
        let result = try method.minimize(loss, over: examples)
        #expect(isHonest(result), "\(method.name) \(result.status)")
        guard method is SPPA else { continue }
        let isFinite = result.solution.allSatisfy(\.isFinite)
        #expect(isFinite)
        // With both at once, or where the solution of a batch is far out, the average loss of counts may overflow at a
        // finite point; the result then says so.
        if !(input.outlier && input.scale > 1) && method.batch.form == .averaged { #expect(result.status == .stopped) }
      }
      let automatic = try AutomaticSolver().minimize(loss, over: examples)
      #expect(automatic.status == .converged)
    }
  }

  @Test func probesFindNormsAndCurvature() throws {
    let examples = try Examples(DenseRows(dimension: 2, [3, 4, 0, 1]), targets: [0, 1], weights: [1, 2])
    let probe = Probe(SquaredLoss(), examples)
    #expect(probe.norms == (smallest: 1, average: 3, largest: 5))
    #expect(probe.exampleCurvature == 25)
    // (9 12; 12 18) / 2.
    let expected = (27 + (81.0 + 576).squareRoot()) / 4
    #expect(abs(probe.averageCurvature - expected) < 1e-4)
    #expect(probe.largestSafeStep() == 2.0 / 25)
    #expect(abs(probe.largestSafeStep(momentum: 0.5) - 2 * 0.25 / (1.5 * 25)) < 1e-15)
    #expect(probe.largestSafeStep(momentum: 1) == 0)
    #expect(abs(probe.largestSafeFullStep(momentum: 0.5) - 3 / expected) < 1e-4)
  }
}
