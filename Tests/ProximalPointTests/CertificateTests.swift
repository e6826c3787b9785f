import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Testing

/// `converged` is said of solutions, whatever the units, and of nothing else.
@Suite struct CertificateTests {
  /// Correlated features with heavy noise, targets as a loss takes them.
  private func problem(_ loss: any Loss, count: Int = 60, dimension: Int = 3, seed: UInt64 = 4) throws -> (
    elements: [Double], targets: [Double]
  ) {
    var generator = SeededGenerator(seed: seed)
    var (elements, targets) = ([Double](), [Double]())
    for _ in 0..<count {
      let common = generator.normal()
      let row = (0..<dimension).map { _ in common + generator.normal() }
      let g = row.enumerated().reduce(0.3) { $0 + $1.element / Double(2 + $1.offset) } + 1.5 * generator.normal()
      elements += row
      targets.append([g, abs(g.rounded()), g > 0 ? 1 : -1, g > 0 ? 1 : 0].first { loss.accepts(target: $0) }!)
    }
    return (elements, targets)
  }

  /// Features in other units, far from 0, and targets in others where the loss knows units.
  @Test(arguments: [1e-9, 1, 1e9], [1e-9, 1, 1e9])
  func unitsDoNotMatter(feature: Double, target: Double) throws {
    let losses: [(any Loss, any Loss)] = [
      (SquaredLoss(), SquaredLoss()), (HuberLoss(threshold: 0.7), HuberLoss(threshold: 0.7 * target)),
      (QuantileLoss(quantile: 0.3), QuantileLoss(quantile: 0.3)),
    ]
    for (loss, scaledLoss) in losses {
      let (elements, targets) = try problem(loss)
      let plain = try AutomaticSolver().minimize(
        loss, over: Examples(DenseRows(dimension: 3, elements), targets: targets, intercept: true))
      let shifted = elements.enumerated().map { ($1 + ($0 % 3 == 0 ? 1000 : 0)) * ($0 % 3 == 1 ? feature : 1) }
      let result = try AutomaticSolver().minimize(
        scaledLoss,
        over: Examples(DenseRows(dimension: 3, shifted), targets: targets.map { $0 * target }, intercept: true))
      #expect(
        plain.status == .converged && result.status == .converged, "\(loss.name): \(plain.reason), \(result.reason)")
      let unit = loss is QuantileLoss ? target : target * target
      #expect(abs(result.objective / unit - plain.objective) < 2e-6 * plain.objective, "\(loss.name)")
      guard loss.isSmooth else { continue }
      for (j, scale) in [1, feature, 1].enumerated() {
        #expect(abs(result.solution[j] * scale / target - plain.solution[j]) < 1e-5, "\(loss.name) \(j)")
      }
    }
  }

  /// The certificate itself: holds at the optimum and not a thousandth of a standardised coefficient beside it.
  @Test func aSolutionThatIsMovedHasNone() throws {
    let (elements, targets) = try problem(SquaredLoss())
    let examples = try Examples(DenseRows(dimension: 3, elements), targets: targets, intercept: true)
    for regularizer: any Regularizer in [NoRegularizer(), L2(0.1), L1(0.05), ElasticNet(l1: 0.05, l2: 0.1)] {
      func check(_ regularizer: some Regularizer) throws {
        let objective = Objective(SquaredLoss(), over: examples, regularizer: regularizer)
        let units = LossUnits(SquaredLoss(), over: examples)
        func certificate(_ x: [Double]) -> Certificate {
          Certificate(of: objective, at: x, gradient: objective.lossGradient(x), units)
        }
        let x = try Newton(tolerance: 1e-15).minimize(SquaredLoss(), over: examples, regularizer: regularizer).solution
        #expect(certificate(x).holds, "\(regularizer.name) \(certificate(x).slope)")
        for j in x.indices {
          var moved = x
          moved[j] += 1e-3
          #expect(!certificate(moved).holds && certificate(moved).slope < 1, "\(regularizer.name) \(j)")
        }
      }
      try check(regularizer)
    }
  }

  /// Sparse indicators beside a feature of 1e9 and spread 1e7: above the limit of Newton's method the optimum is the
  /// same.
  @Test func limitedMemoryEndsWhereNewtonDoes() throws {
    var generator = SeededGenerator(seed: 12)
    let (count, levels) = (300, 30)
    var (starts, columns, values, targets) = ([0], [Int32](), [Double](), [Double]())
    for _ in 0..<count {
      let level = generator.index(below: levels)
      let time = 1e9 + 1e7 * generator.normal()
      columns += [Int32(level), Int32(levels)]
      values += [1, time]
      starts.append(values.count)
      targets.append(Double(level % 3) + 2e-7 * (time - 1e9) + 0.1 * generator.normal())
    }
    let rows = try SparseRows(dimension: levels + 1, starts: starts, columns: columns, values: values)
    let examples = try Examples(rows, targets: targets, intercept: true)
    let newton = try AutomaticSolver().minimize(SquaredLoss(), over: examples, regularizer: L2(0.01))
    let limited = try AutomaticSolver(newtonLimit: 0).minimize(SquaredLoss(), over: examples, regularizer: L2(0.01))
    #expect(newton.status == .converged && limited.status == .converged, "\(newton.reason) \(limited.reason)")
    #expect(limited.method.contains("L-BFGS"))
    #expect(abs(newton.objective - limited.objective) < 1e-10 * newton.objective)
    #expect(abs(newton.solution[levels] - limited.solution[levels]) < 1e-5 * abs(newton.solution[levels]))
  }

  @Test func workingSetsEndWhereNewtonDoes() throws {
    for loss: any Loss in [SquaredLoss(), LogisticLoss(), PoissonLoss()] {
      let (elements, targets) = try problem(loss, count: 50, dimension: 40, seed: 6)
      let examples = try Examples(DenseRows(dimension: 40, elements), targets: targets, intercept: true)
      for regularizer: any Regularizer in [L1(0.1), ElasticNet(l1: 0.1, l2: 0.05)] {
        func check(_ loss: some Loss, _ regularizer: some Regularizer) throws {
          let whole = try AutomaticSolver().minimize(loss, over: examples, regularizer: regularizer)
          let parts = try AutomaticSolver(newtonLimit: 35).minimize(loss, over: examples, regularizer: regularizer)
          #expect(whole.status == .converged && parts.status == .converged, "\(whole.reason) \(parts.reason)")
          #expect(parts.method.contains("working sets"))
          #expect(distance(whole.solution, parts.solution) < 1e-7, "\(loss.name) \(regularizer.name)")
          let same = try AutomaticSolver(newtonLimit: 35).minimize(
            loss, over: sparse(examples), regularizer: regularizer)
          #expect(distance(same.solution, parts.solution) < 1e-7)
        }
        try check(loss, regularizer)
      }
    }
  }

  /// A penalty so small that more features have coefficients than Newton's method takes.
  @Test func whatNoMethodReachesIsNotConverged() throws {
    let (elements, targets) = try problem(SquaredLoss(), count: 50, dimension: 40, seed: 6)
    let examples = try Examples(DenseRows(dimension: 40, elements), targets: targets, intercept: true)
    let result = try AutomaticSolver(newtonLimit: 5).minimize(SquaredLoss(), over: examples, regularizer: L1(1e-6))
    #expect(result.status == .stopped && result.reason.contains("no certificate"), "\(result.reason)")
    let kinks = try AutomaticSolver(newtonLimit: 3).minimize(QuantileLoss(), over: examples)
    #expect(kinks.status == .stopped && kinks.reason.contains("no certificate"), "\(kinks.reason)")
  }

  /// All lines through two points: the optimum of a quantile regression on one feature is among them.
  @Test(arguments: [0.1, 0.5, 0.8], [1e-6, 1, 1e6])
  func quantilesAreThoseOfTheLinearProgramme(quantile: Double, unit: Double) throws {
    let loss = QuantileLoss(quantile: quantile)
    let (elements, plain) = try problem(loss, count: 25, dimension: 1, seed: 3)
    let targets = plain.map { unit * $0 }
    let examples = try Examples(DenseRows(dimension: 1, elements), targets: targets, intercept: true)
    let objective = Objective(loss, over: examples)
    var best = Double.infinity
    for first in 0..<25 {
      for second in 0..<first {
        let slope = (targets[first] - targets[second]) / (elements[first] - elements[second])
        best = min(best, objective.value([slope, targets[first] - slope * elements[first]]))
      }
    }
    let result = try AutomaticSolver().minimize(loss, over: examples)
    #expect(result.status == .converged && result.reason.contains("duality gap"), "\(result.reason)")
    #expect(result.objective >= best * (1 - 1e-12) && result.objective <= best * (1 + 1e-6))
    #expect(
      objective.value(result.solution) == result.objective
        || abs(objective.value(result.solution) - result.objective) < 1e-9 * best)
  }

  @Test func hingesHaveTheirOptimum() throws {
    let (elements, targets) = try problem(HingeLoss(), count: 80)
    let examples = try Examples(DenseRows(dimension: 3, elements), targets: targets, intercept: true)
    for regularizer: any Regularizer in [NoRegularizer(), L2(0.1)] {
      func check(_ regularizer: some Regularizer) throws {
        let result = try AutomaticSolver().minimize(HingeLoss(), over: examples, regularizer: regularizer)
        #expect(result.status == .converged, "\(result.reason)")
        let objective = Objective(HingeLoss(), over: examples, regularizer: regularizer)
        var generator = SeededGenerator(seed: 9)
        for _ in 0..<500 {
          let other = result.solution.map { $0 + 0.1 * generator.normal() }
          #expect(objective.value(other) >= result.objective * (1 - 1e-6))
        }
      }
      try check(regularizer)
    }
  }

  @Test func envelopesAreBelowTheirLossAndSmooth() {
    for loss: any Loss in [QuantileLoss(quantile: 0.3), HingeLoss(), HuberLoss(threshold: 0.5)] {
      func check(_ loss: some Loss) {
        for width in [0.1, 1, 10] {
          let envelope = MoreauEnvelope(base: loss, width: width)
          for g in stride(from: -4.0, through: 4, by: 0.37) {
            for b in [-1.0, 1] {
              #expect(envelope.value(g, b) <= loss.value(g, b) + 1e-12)
              let slope = (envelope.value(g + 1e-6, b) - envelope.value(g - 1e-6, b)) / 2e-6
              #expect(abs(slope - envelope.derivative(g, b)) < 1e-6)
              let excess = envelope.excess(g, b)
              for h in stride(from: -4.0, through: 4, by: 0.5) {
                #expect(loss.value(h, b) >= loss.value(g, b) + envelope.derivative(g, b) * (h - g) - excess - 1e-12)
              }
            }
          }
        }
      }
      check(loss)
    }
  }
}
