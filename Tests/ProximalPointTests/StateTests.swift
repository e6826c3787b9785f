import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Foundation
import Testing

@Suite struct StateTests {
  private struct Written: FileState {
    static let kind = "solver state"
    static let version = 1
    let solver: SolverState
  }

  /// A state written and read again.
  private func reread(_ state: SolverState) throws -> SolverState {
    let path = NSTemporaryDirectory() + "espalier-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Written(solver: state).write(to: path)
    return try Written(contentsOf: path).solver
  }

  /// Goes on from every state on the way, written and read, and expects the outcome of the whole.
  private func expectSameEnd(states fewest: Int, _ begin: (SolverState?) throws -> any MinimizationRun) throws {
    let whole = try begin(nil)
    var states = [whole.state]
    while whole.advance() { states.append(whole.state) }
    states.append(whole.state)
    #expect(states.count >= fewest)
    let end = whole.outcome
    // Of many states, every fifth.
    for index in states.indices where states.count < 20 || index % 5 == 0 || index == states.count - 1 {
      let read = try reread(states[index])
      #expect(read == states[index])
      let run = try begin(read)
      while run.advance() {}
      #expect(run.outcome == end, "from state \(index) of \(states.count)")
    }
  }

  @Test(arguments: [nil, 2])
  func methodsGoOnToTheSameBytes(averagingFrom: Int?) throws {
    let examples = try randomExamples(.poisson, count: 60, dimension: 8, density: 0.4, seed: 3, extras: true)
    let options = MinimizationOptions(epochs: 5, order: .shuffled(seed: 2), averagingFrom: averagingFrom)
    let decay = PolynomialDecay(power: 0.75, delay: 60)
    for method: any StochasticMethod in [
      SGD(step: 0.01), SGDM(step: 0.01, momentum: 0.5), Nesterov(step: 0.01, momentum: 0.5), SPPA(step: 0.3),
      SPPAM(step: 0.3, momentum: 0.5), SPPAM(step: 0.3, momentum: 0.5, batch: .averaged(7)),
      SPPAM(step: 0.3, momentum: 0.9, batch: .joint(6), damping: .contraction),
    ] {
      for regularizer: any Regularizer in [NoRegularizer(), L2(0.1), L1(0.05)] {
        func expect(_ regularizer: some Regularizer, _ rows: Examples<some FeatureRows>) throws {
          try expectSameEnd(states: 6) {
            try method.run(
              PoissonLoss(), over: rows, regularizer: regularizer, schedule: decay, options: options, from: $0)
          }
        }
        try expect(regularizer, examples)
        try expect(regularizer, sparse(examples))
      }
    }
  }

  @Test func everySolverGoesOnToTheSameBytes() throws {
    let examples = try randomExamples(.gaussian, count: 60, dimension: 8, density: 0.6, seed: 4, extras: true)
    func expect(_ loss: some Loss, _ regularizer: some Regularizer, newtonLimit: Int = 2000) throws {
      let solver = AutomaticSolver(newtonLimit: newtonLimit)
      try expectSameEnd(states: 2) { try solver.run(loss, over: examples, regularizer: regularizer, from: $0) }
      try expectSameEnd(states: 2) {
        try solver.run(loss, over: sparse(examples), regularizer: regularizer, from: $0)
      }
    }
    // Newton's method, L-BFGS and conjugate gradients, working sets, an interior point method, and none of them.
    try expect(SquaredLoss(), NoRegularizer())
    try expect(SquaredLoss(), L2(0.1), newtonLimit: 4)
    try expect(SquaredLoss(), L1(0.1), newtonLimit: 8)
    try expect(QuantileLoss(quantile: 0.3), L2(0.01))
    try expect(HuberLoss(threshold: 0.1), NoRegularizer())
    try expect(QuantileLoss(quantile: 0.3), NoRegularizer(), newtonLimit: 4)
  }

  @Test func severalClassesGoOnToTheSameBytes() throws {
    let base = try randomExamples(.gaussian, count: 60, dimension: 4, seed: 5, extras: true)
    let examples = try Examples(
      base.rows, targets: base.targets.map { Double(Int(abs($0)) % 3) }, weights: base.weights, intercept: true)
    let loss = MultinomialLogisticLoss(classes: 3)
    for newtonLimit in [2000, 5] {
      let solver = AutomaticSolver(newtonLimit: newtonLimit)
      try expectSameEnd(states: 5) { try solver.run(loss, over: examples, regularizer: L2(0.1), from: $0) }
    }
    let options = MinimizationOptions(epochs: 4, order: .shuffled(seed: 2))
    try expectSameEnd(states: 5) {
      try SPPAM(step: 0.5, momentum: 0.5).run(loss, over: examples, options: options, from: $0)
    }
  }

  @Test func statesOfOtherExamplesAreRefused() throws {
    let examples = try randomExamples(.gaussian, count: 30, dimension: 4, seed: 5)
    let other = try randomExamples(.gaussian, count: 30, dimension: 5, seed: 5)
    let state = try SPPA(step: 1).run(SquaredLoss(), over: examples).state
    #expect(throws: EspalierError(.data, "state", "is of 4 coefficients, and there are 5")) {
      try SPPA(step: 1).run(SquaredLoss(), over: other, from: state)
    }
  }
}
