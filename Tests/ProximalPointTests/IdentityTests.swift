import EspalierProximalPoint
import EspalierTensors
import Testing

/// Methods, losses and batches that are equal by definition.
@Suite struct IdentityTests {
  private let options = MinimizationOptions(epochs: 3, order: .shuffled(seed: 5))

  @Test(arguments: Family.allCases, [Batch.example, .averaged(4), .joint(4)])
  func withoutMomentumSPPAMIsSPPA(family: Family, batch: Batch) throws {
    let examples = try randomExamples(family, count: 30, dimension: 5, seed: 1, extras: true)
    try withLoss(family) { loss in
      let momentum = try SPPAM(step: 0.7, momentum: 0, batch: batch).minimize(loss, over: examples, options: options)
      let plain = try SPPA(step: 0.7, batch: batch).minimize(loss, over: examples, options: options)
      #expect(momentum.solution == plain.solution)
    }
  }

  /// A loss with the proximal step replaced by the explicit gradient.
  private struct Explicit<Base: Loss>: Loss {
    let base: Base
    var name: String { base.name }
    func value(_ g: Double, _ b: Double) -> Double { base.value(g, b) }
    func derivative(_ g: Double, _ b: Double) -> Double { base.derivative(g, b) }
    func curvature(_ g: Double, _ b: Double) -> Double { base.curvature(g, b) }
    func minimum(_ b: Double) -> Double { base.minimum(b) }
    func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm: Double) -> Double {
      -step * base.derivative(g, b)
    }
  }

  private func explicit<L: Loss>(_ loss: L) -> any Loss { Explicit(base: loss) }

  @Test(arguments: Family.allCases, [Batch.example, .averaged(4)])
  func withTheExplicitGradientSPPAIsSGD(family: Family, batch: Batch) throws {
    let examples = try randomExamples(family, count: 30, dimension: 5, seed: 2, extras: true)
    try withLoss(family) { loss in
      let implicit = try SPPA(step: 0.05, batch: batch).minimize(explicit(loss), over: examples, options: options)
      let gradient = try SGD(step: 0.05, batch: batch).minimize(loss, over: examples, options: options)
      #expect(implicit.solution == gradient.solution)
      // With momentum the proximal step starts at z, where Nesterov's gradient is taken, and the heavy ball's is not.
      let ahead = try SPPAM(step: 0.05, momentum: 0.5, batch: batch).minimize(
        explicit(loss), over: examples, options: options)
      let nesterov = try Nesterov(step: 0.05, momentum: 0.5, batch: batch).minimize(
        loss, over: examples, options: options)
      #expect(ahead.solution == nesterov.solution)
    }
  }

  @Test(arguments: Family.allCases, [Batch.example, .averaged(1)])
  func withoutMomentumSGDMAndNesterovAreSGD(family: Family, batch: Batch) throws {
    let examples = try randomExamples(family, count: 30, dimension: 5, seed: 3, extras: true)
    try withLoss(family) { loss in
      let plain = try SGD(step: 0.05, batch: batch).minimize(loss, over: examples, options: options)
      let heavy = try SGDM(step: 0.05, momentum: 0, batch: batch).minimize(loss, over: examples, options: options)
      let nesterov = try Nesterov(step: 0.05, momentum: 0, batch: batch).minimize(
        loss, over: examples, options: options)
      #expect(heavy.solution == plain.solution)
      #expect(nesterov.solution == plain.solution)
    }
  }

  @Test(arguments: Family.allCases, [0, 0.6])
  func averagedIsJointForOneExample(family: Family, momentum: Double) throws {
    let examples = try randomExamples(family, count: 30, dimension: 5, seed: 4, extras: true)
    try withLoss(family) { loss in
      let averaged = try SPPAM(step: 3, momentum: momentum, batch: .averaged(1)).minimize(
        loss, over: examples, options: options)
      let joint = try SPPAM(step: 3, momentum: momentum, batch: .joint(1)).minimize(
        loss, over: examples, options: options)
      #expect(averaged.solution == joint.solution)
    }
  }

  @Test func theFormsDifferForMore() throws {
    let examples = try randomExamples(.gaussian, count: 30, dimension: 5, seed: 4)
    let averaged = SPPA(step: 3, batch: .averaged(5))
    let joint = SPPA(step: 3, batch: .joint(5))
    let state = Iterate(dimension: 5)
    let rows = [0, 1, 2, 3, 4]
    #expect(
      distance(
        averaged.step(state, on: rows, of: examples, loss: SquaredLoss()).current,
        joint.step(state, on: rows, of: examples, loss: SquaredLoss()).current) > 1e-3)
  }

  @Test func withoutATraceTheResultIsTheSame() throws {
    let examples = try randomExamples(.poisson, count: 30, dimension: 5, seed: 1)
    let method = SPPAM(step: 0.5, momentum: 0.5)
    let traced = try method.minimize(PoissonLoss(), over: examples, options: MinimizationOptions(epochs: 4))
    let silent = try method.minimize(
      PoissonLoss(), over: examples, options: MinimizationOptions(epochs: 4, tracesObjective: false))
    #expect(silent.solution == traced.solution)
    #expect(silent.objective == traced.objective)
    #expect(silent.epochs == 4)
    #expect(traced.trace.count == 5)
    #expect(silent.trace == [traced.trace[0], traced.trace[4]])
    var seen: [Int] = []
    let ended = try method.minimize(PoissonLoss(), over: examples, options: MinimizationOptions(epochs: 4)) {
      seen.append($0.epoch)
      return $0.epoch < 2
    }
    #expect(seen == [1, 2])
    #expect(ended.epochs == 2)
    #expect(ended.status == .stopped)
  }
}
