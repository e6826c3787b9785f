import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Testing

/// Sparse rows with lazy momentum against dense rows with none of it.
@Suite struct SparseTests {
  private static let methods: [any StochasticMethod & Sendable] = [
    SGD(step: 0.02), SGDM(step: 0.02, momentum: 0.8), Nesterov(step: 0.02, momentum: 0.8), SPPA(step: 2),
    SPPAM(step: 0.3, momentum: 0.7), SPPAM(step: 0.3, momentum: 0.7, batch: .averaged(4)),
    SPPAM(step: 0.3, momentum: 0.5, batch: .joint(4)),
    SPPAM(step: 0.3, momentum: 0.9, batch: .joint(4), damping: .contraction),
    SPPAM(step: 0.3, momentum: 0.9, damping: .contraction), TruncatedModel(step: 0.5, momentum: 0.5),
  ]
  private static let regularizers: [any Regularizer] = [
    NoRegularizer(), L2(0.1), L1(0.02), ElasticNet(l1: 0.02, l2: 0.1), Box(-0.2...0.3), Box.nonNegative,
  ]

  private func compare(
    _ method: any StochasticMethod, _ regularizer: any Regularizer, _ family: Family, _ schedule: any Schedule,
    averaging: Bool = false
  ) throws {
    let examples = try randomExamples(family, count: 60, dimension: 25, density: 0.1, seed: 11, extras: true)
    let options = MinimizationOptions(epochs: 3, order: .shuffled(seed: 3), averagingFrom: averaging ? 1 : nil)
    try withLoss(family) { loss in
      let dense = try method.minimize(
        loss, over: examples, regularizer: regularizer, schedule: schedule, options: options)
      let lazy = try method.minimize(
        loss, over: sparse(examples), regularizer: regularizer, schedule: schedule, options: options)
      #expect(dense.status == .stopped)
      #expect(dense.solution.contains { abs($0) > 1e-3 })
      #expect(
        distance(dense.solution, lazy.solution) < 1e-10, "\(method), \(regularizer.name), \(family), \(schedule.name)")
    }
  }

  @Test(arguments: methods.indices, regularizers.indices)
  func lazyStepsAreTheDenseOnes(method: Int, regularizer: Int) throws {
    for family in Family.allCases {
      try compare(Self.methods[method], Self.regularizers[regularizer], family, ConstantStep())
    }
  }

  @Test(arguments: methods.indices, regularizers.indices)
  func underSchedulesAndAveraging(method: Int, regularizer: Int) throws {
    let schedule = PolynomialDecay(power: 0.6, delay: 20)
    try compare(Self.methods[method], Self.regularizers[regularizer], .binomial, schedule, averaging: true)
    try compare(Self.methods[method], Self.regularizers[regularizer], .gaussian, ConstantStep(), averaging: true)
  }

  @Test func pureStepsAreThoseOfTheLoop() throws {
    let examples = try sparse(randomExamples(.poisson, count: 30, dimension: 40, density: 0.1, seed: 1))
    let method = SPPAM(step: 0.5, momentum: 0.8)
    var state = Iterate(dimension: 40)
    for row in 0..<30 { state = method.step(state, on: [row], of: examples, loss: PoissonLoss()) }
    let result = try method.minimize(PoissonLoss(), over: examples, options: MinimizationOptions(epochs: 1))
    #expect(distance(state.current, result.solution) < 1e-12)
    #expect(state.steps == 30)
  }

  @Test(arguments: [1, 2, 7, 5000], [0, 0.5, 0.9, 1])
  func driftsAreStepsTakenOneByOne(steps: Int, momentum: Double) {
    for regularizer in Self.regularizers {
      for start in [Coordinate(current: 0.2, previous: 0.1), Coordinate(current: -0.1, previous: 0.2)] {
        // Within the constraint, as iterates are.
        let begin = Coordinate(
          current: type(of: regularizer).dependsOnStep ? start.current : regularizer.proximal(start.current, step: 1),
          previous: type(of: regularizer).dependsOnStep ? start.previous : regularizer.proximal(start.previous, step: 1)
        )
        var naive = begin
        var naiveSum = 0.0
        for _ in 0..<steps {
          let z = naive.current + momentum * (naive.current - naive.previous)
          naive = Coordinate(current: regularizer.proximal(z, step: 0.3), previous: naive.current)
          naiveSum += naive.current
        }
        var drifted = begin
        regularizer.drift(&drifted, steps: steps, momentum: MomentumDecay(momentum), step: 0.3)
        #expect(distance([drifted.current, drifted.previous], [naive.current, naive.previous]) < 1e-10)
        var summed = begin
        var sum = 0.0
        regularizer.drift(&summed, steps: steps, momentum: MomentumDecay(momentum), step: 0.3, addingTo: &sum)
        #expect(distance([summed.current, summed.previous, sum], [naive.current, naive.previous, naiveSum]) < 1e-9)
      }
    }
  }

  /// A column that is left alone for longer than the table of momentum reaches, or than it has room for.
  @Test(arguments: [0, 0.9, 0.99, 0.999])
  func longPausesAreTakenAtOnce(momentum: Double) throws {
    let count = 6000
    let values = (0..<count).flatMap { row in
      [1 + 0.1 * Double(row % 7), [0, 1, 50, 5500].contains(row) ? 1.0 : 0.0]
    }
    let rows = try DenseRows(dimension: 2, values)
    let dense = try Examples(rows, targets: (0..<count).map { Double($0 % 5) - 1.5 }, intercept: true)
    for method: any StochasticMethod in [
      SPPAM(step: 0.01, momentum: momentum), SGDM(step: 1e-3, momentum: momentum),
    ] {
      let options = MinimizationOptions(epochs: 1)
      let expected = try method.minimize(SquaredLoss(), over: dense, options: options).solution
      let result = try method.minimize(SquaredLoss(), over: sparse(dense), options: options).solution
      #expect(distance(expected, result) < 1e-8, "\(method.name) \(momentum)")
    }
  }

  @Test func rowsThatAreNoneAreRefused() throws {
    #expect(throws: EspalierError.self) { try SparseRows(dimension: 2, starts: [0, 1], columns: [2], values: [1]) }
    #expect(throws: EspalierError.self) {
      try SparseRows(dimension: 2, starts: [0, 2], columns: [1, 0], values: [1, 1])
    }
    #expect(throws: EspalierError.self) { try SparseRows(dimension: 2, starts: [0, 1], columns: [0], values: [.nan]) }
    #expect(throws: EspalierError.self) { try SparseRows(dimension: 2, starts: [0, 2, 1], columns: [0], values: [1]) }
    #expect(throws: EspalierError.self) { try SparseRows(dimension: 2, starts: [], columns: [], values: []) }
    #expect(throws: EspalierError.self) { try DenseRows(dimension: 2, [1, 2, 3]) }
    #expect(throws: EspalierError.self) { try DenseRows(dimension: 2, [1, .infinity]) }
    let rows = try DenseRows(dimension: 2, [1, 2])
    #expect(throws: EspalierError.self) { try Examples(rows, targets: []) }
    #expect(throws: EspalierError.self) { try Examples(rows, targets: [1], weights: [-1]) }
    #expect(throws: EspalierError.self) { try Examples(rows, targets: [.nan]) }
    let negative = try Examples(rows, targets: [-1])
    #expect(throws: EspalierError.self) { try SPPA(step: 1).minimize(PoissonLoss(), over: negative) }
    #expect(throws: EspalierError.self) { try SPPA(step: -1).minimize(SquaredLoss(), over: negative) }
  }
}
