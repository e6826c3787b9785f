import EspalierLinearAlgebra
import EspalierProximalPoint
import EspalierTensors
import Testing

/// The loss of ordered classes: its derivatives, its tails, and its optimum.
struct OrdinalTests {
  private func examples(
    count: Int = 40, classes: Int = 4, seed: UInt64 = 3, offsets: Bool = true
  ) throws -> Examples<DenseRows> {
    var generator = SeededGenerator(seed: seed)
    let values = (0..<2 * count).map { _ in generator.normal() }
    let targets = (0..<count).map { row -> Double in
      row < classes ? Double(row) : Double(generator.index(below: classes))
    }
    return try Examples(
      DenseRows(dimension: 2, values), targets: targets,
      offsets: offsets ? (0..<count).map { 0.01 * Double($0) } : nil,
      weights: (0..<count).map { 0.5 + Double($0 % 3) }, intercept: true)
  }

  private let points: [[Double]] = [[0.3, -0.7, 0.2, 0.9, 1.1], [-2, 1, -4, 0.1, 6], [0, 0, 8, 3, 3.01]]

  @Test(arguments: OrdinalLoss.links) func derivativesAreDifferences(link: Link) throws {
    let objective = OrdinalObjective(OrdinalLoss(link: link, classes: 4), over: try examples())
    for x in points {
      let (gradient, hessian) = (objective.lossGradient(x), objective.lossHessian(x))
      let product = try #require(objective.hessianProduct(x))
      for j in x.indices {
        var (up, down) = (x, x)
        (up[j], down[j]) = (x[j] + 1e-6, x[j] - 1e-6)
        let slope = (objective.lossValue(up) - objective.lossValue(down)) / 2e-6
        let scale = 1 + abs(objective.lossValue(x))
        #expect(abs(slope - gradient[j]) < 1e-7 * scale, "\(link) \(j)")
        let bends = zip(objective.lossGradient(up), objective.lossGradient(down)).map { ($0 - $1) / 2e-6 }
        let unit = x.indices.map { $0 == j ? 1.0 : 0 }
        for (k, (bend, image)) in zip(bends, product(unit)).enumerated() {
          #expect(abs(bend - hessian[j, k]) < 1e-6 * (1 + abs(hessian[j, j]) + abs(hessian[k, k])), "\(link) \(j) \(k)")
          #expect(abs(image - hessian[j, k]) < 1e-12 * (1 + abs(hessian[j, k])))
        }
      }
      // Convex in predictor and thresholds together.
      let factor = InformationInverse(hessian, order: Array(x.indices))
      #expect(factor.rank == x.count && factor.matrix.diagonal.allSatisfy { $0 > 0 })
    }
  }

  @Test(arguments: OrdinalLoss.links) func probabilitiesSumToOneFarOutToo(link: Link) {
    let loss = OrdinalLoss(link: link, classes: 3)
    for g in [-30, -3, 0, 2, 5.0] {
      let shares = loss.shares(g, thresholds: [-1, 1.5])
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares.allSatisfy { $0 >= 0 })
    }
    for (g, k) in [(-300.0, 1), (-300, 2), (300, 0), (300, 1), (30, 1)] {
      let value = loss.value(g, k, thresholds: [-1, 1.5])
      #expect(value > 1 && !value.isNaN, "\(link) \(g) \(k)")
    }
    for g in [-1e4, -800, -400, 400, 800, 1e4] {
      let shares = loss.shares(g, thresholds: [-1, 1.5])
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares.allSatisfy { $0 >= 0 }, "\(link) \(g)")
    }
    #expect(loss.value(0, 1, thresholds: [1, 1]) == .infinity && loss.value(0, 1, thresholds: [2, 1]) == .infinity)
  }

  /// Two ordered classes are those of the binomial family, with `t = -intercept`.
  @Test(arguments: OrdinalLoss.links.filter { $0 != .complementaryLogLog }) func twoClassesAreBinomial(link: Link)
    throws
  {
    let two = try examples(classes: 2)
    let ordinal = try AutomaticSolver().run(OrdinalLoss(link: link, classes: 2), over: two).finish()
    let binomial = try AutomaticSolver().minimize(BinomialLinkLoss(link: link), over: two)
    #expect(ordinal.status == .converged && binomial.status == .converged)
    for (first, second) in zip(ordinal.solution, binomial.solution) { #expect(abs(first - second) < 1e-7) }
  }

  /// Absolute values and squares are of the coefficients alone, in the features' own units.
  @Test func penaltiesLeaveThresholdsFree() throws {
    let all = try examples(offsets: false)
    let loss = OrdinalLoss(link: .logit, classes: 4)
    let none = try AutomaticSolver().run(loss, over: all, regularizer: L1(10)).finish()
    #expect(none.status == .converged && none.solution.prefix(2).allSatisfy { $0 == 0 })
    let strong = try AutomaticSolver().run(loss, over: all, regularizer: L2(1e6)).finish()
    for (first, second) in zip(none.solution.dropFirst(2), strong.solution.dropFirst(2)) {
      #expect(abs(first - second) < 1e-4)
    }
    // The thresholds of the class frequencies.
    let thresholds = OrdinalCoordinates(features: 2, classes: 4).thresholds(none.solution)
    let weights = all.classWeights(4)
    let below = weights[0] / weights.reduce(0, +)
    #expect(abs(LogisticLoss().mean(thresholds[0]) - below) < 1e-7)
  }

  @Test func aSeparatedFeatureHasNoFiniteOptimum() throws {
    let rows = try DenseRows(dimension: 1, [-3, -2, -1, 1, 2, 3])
    let examples = try Examples(rows, targets: [0, 0, 1, 1, 2, 2], intercept: true)
    let outcome = try AutomaticSolver().run(OrdinalLoss(link: .logit, classes: 3), over: examples).finish()
    #expect(outcome.status == .stopped && !outcome.unboundedCoordinates.isEmpty)
    #expect(outcome.unboundedCoordinates.contains(0))
  }

  @Test func aClassWithoutRowsIsRefused() throws {
    let rows = try DenseRows(dimension: 1, [1, 2, 3])
    let examples = try Examples(rows, targets: [0, 2, 0], intercept: true)
    let fault = #expect(throws: (any Error).self) {
      try AutomaticSolver().run(OrdinalLoss(link: .logit, classes: 3), over: examples)
    }
    #expect("\(fault!)".contains("class number 1"))
  }
}
