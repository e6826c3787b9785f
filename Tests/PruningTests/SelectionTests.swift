import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Testing

/// Compares the methods with slow twins that compute every candidate's residual from scratch.
struct SelectionTests {
  /// A problem with correlated inputs of mixed signs.
  private func problem(
    units: Int, outputs: Int, block: Int = 1, bias: Bool = true, seed: UInt64, nonNegative: Bool = true
  ) -> SelectionProblem {
    var generator = SeededGenerator(seed: seed)
    let channels = units * block
    let mixing = (0..<channels * 4).map { _ in generator.normal() }
    var hidden = Matrix(rows: channels, columns: 50)
    for sample in 0..<50 {
      let factors = (0..<4).map { _ in generator.normal() }
      for channel in 0..<channels {
        let value = (0..<4).reduce(0.3 * generator.normal()) { $0 + mixing[channel * 4 + $1] * factors[$1] }
        hidden[channel, sample] = nonNegative ? max(value, 0) : value
      }
    }
    var problem = SelectionProblem(
      unitCount: units,
      consumers: [
        .init(
          weight: Matrix(rows: outputs, columns: channels, (0..<outputs * channels).map { _ in generator.normal() }),
          bias: bias ? (0..<outputs).map { _ in generator.normal() } : nil,
          channels: (0..<units).map { unit in Array(unit * block..<(unit + 1) * block) },
          statistics: ActivationStatistics(of: hidden))
      ],
      producerWeights: ProducerWeights((0..<units).map { _ in [generator.normal(), generator.normal()] }))
    problem.setScores((0..<units).map { _ in generator.uniform() })
    return problem
  }

  /// The Gram matrix; of deviations from the mean where a bias absorbs the mean.
  private func centredGram(_ consumer: SelectionProblem.Consumer) -> Matrix {
    var gram = consumer.statistics.gram!
    let sum = consumer.statistics.sum
    if consumer.bias != nil { gram.addOuterProduct(sum, sum, times: -1 / Double(consumer.statistics.count)) }
    return gram
  }

  /// The re-fitted residual by the normal equations over the kept channels and, with a bias, the constant.
  private func refittedResidual(_ problem: SelectionProblem, keeping kept: [Int], ridge: Ridge) -> Double {
    let consumer = problem.consumers[0]
    let gram = centredGram(consumer)
    var form = gram
    let mean = gram.diagonal.reduce(0, +) / Double(gram.rows)
    form.addToDiagonal(ridge.strength * mean)
    let own = kept.flatMap { consumer.channels[$0] }.sorted()
    let rest = (0..<gram.rows).filter { !own.contains($0) }
    let lost = consumer.weight.taking(columns: rest)
    var left = Matrix.product(
      Matrix.product(lost, form.taking(rows: rest, columns: rest)), lost, transposingSecond: true)
    if !own.isEmpty {
      let coupling = Matrix.product(form.taking(rows: own, columns: rest), lost, transposingSecond: true)
      let solved = Cholesky(form: form.taking(rows: own, columns: own)).solve(coupling)
      let gain = Matrix.product(coupling, solved, transposingFirst: true)
      for index in left.elements.indices { left.elements[index] -= gain.elements[index] }
    }
    return left.diagonal.reduce(0, +)
  }

  @Test func residualsAreThoseOfTheDefinition() {
    for seed in 0..<5 {
      let problem = problem(units: 6, outputs: 3, seed: UInt64(seed))
      let consumer = problem.consumers[0]
      let kept = [1, 4]
      let dropped = [0, 2, 3, 5]
      let lost = consumer.weight.taking(columns: dropped)
      let gram = consumer.statistics.gram!.taking(rows: dropped, columns: dropped)
      let expected = Matrix.product(Matrix.product(lost, gram), lost, transposingSecond: true).diagonal.reduce(0, +)
      #expect(abs(problem.residual(keeping: kept)! - expected) < 1e-9 * expected)
      #expect(problem.residual(keeping: Array(0..<6)) == 0)
    }
  }

  @Test(arguments: [1, 3]) func greedyForwardSelectionAddsTheBest(_ block: Int) {
    for seed in 0..<5 {
      let problem = problem(units: 9, outputs: 4, block: block, seed: UInt64(seed))
      var kept: [Int] = []
      for count in 1...8 {
        let best = (0..<9).filter { !kept.contains($0) }.min {
          problem.residual(keeping: kept + [$0])! < problem.residual(keeping: kept + [$1])!
        }!
        kept.append(best)
        #expect(GreedyForwardSelection().select(count, of: problem).kept == kept.sorted())
      }
    }
  }

  @Test(arguments: [1, 3], [true, false]) func matchingPursuitAddsTheBestAfterReFit(_ block: Int, _ bias: Bool) {
    for seed in 0..<3 {
      let problem = problem(units: 8, outputs: 4, block: block, bias: bias, seed: UInt64(seed))
      var kept: [Int] = []
      for count in 1...7 {
        let best = (0..<8).filter { !kept.contains($0) }.min {
          refittedResidual(problem, keeping: kept + [$0], ridge: Ridge())
            < refittedResidual(problem, keeping: kept + [$1], ridge: Ridge())
        }!
        kept.append(best)
        #expect(OrthogonalMatchingPursuit().select(count, of: problem).kept == kept.sorted())
      }
    }
  }

  @Test(arguments: [1, 3], [true, false]) func backwardEliminationDropsTheLeast(_ block: Int, _ bias: Bool) {
    for seed in 0..<3 {
      let problem = problem(units: 8, outputs: 4, block: block, bias: bias, seed: UInt64(seed))
      var kept = Array(0..<8)
      for count in (1...7).reversed() {
        let best = kept.min { first, second in
          refittedResidual(problem, keeping: kept.filter { $0 != first }, ridge: Ridge())
            < refittedResidual(problem, keeping: kept.filter { $0 != second }, ridge: Ridge())
        }!
        kept.removeAll { $0 == best }
        #expect(BackwardElimination().select(count, of: problem).kept == kept)
      }
    }
  }

  @Test func backwardEliminationStaysRightWhileManyUnitsGo() {
    // More rows go than are left pending before they are worked into the form.
    let units = 48
    let problem = problem(units: units, outputs: 3, block: 4, seed: 3)
    let kept = BackwardElimination().select(10, of: problem).kept
    var naive = Array(0..<units)
    while naive.count > 10 {
      let costs = naive.map { unit in refittedResidual(problem, keeping: naive.filter { $0 != unit }, ridge: Ridge()) }
      naive.remove(at: costs.indices.min { costs[$0] < costs[$1] }!)
    }
    #expect(kept == naive)
  }

  @Test func deadUnitsDoNoHarm() {
    var generator = SeededGenerator(seed: 2)
    var hidden = Matrix(rows: 6, columns: 20)
    for index in 0..<60 { hidden.elements[index] = abs(generator.normal()) }
    var problem = SelectionProblem(
      unitCount: 6,
      consumers: [
        .init(
          weight: Matrix(rows: 2, columns: 6, (0..<12).map { _ in generator.normal() }), bias: [0, 0],
          channels: (0..<6).map { [$0] }, statistics: ActivationStatistics(of: hidden))
      ], producerWeights: ProducerWeights((0..<6).map { [Double($0)] }))
    problem.setScores([1, 1, 1, 0, 0, 0])
    let byWeights = [
      Magnitude.L1.identifier, Magnitude.L2.identifier, LayerAdaptiveMagnitude.identifier, GeometricMedian.identifier,
      RandomSelection.identifier,
    ]
    for method in SelectionMethods.all where !byWeights.contains(method.identifier) {
      #expect(method.select(3, of: problem).kept == [0, 1, 2], "\(method.identifier)")
    }
  }

  @Test func everyMethodKeepsExactlyWhatIsAsked() {
    let problem = problem(units: 10, outputs: 3, seed: 4)
    for method in SelectionMethods.all {
      for count in 1...10 {
        let selection = method.select(count, of: problem)
        #expect(selection.kept.count == count && Set(selection.kept).count == count, "\(method.identifier)")
        #expect(selection.kept == selection.kept.sorted())
        #expect(selection == method.select(count, of: problem), "\(method.identifier) is a pure function")
        #expect(selection.residual == problem.residual(keeping: selection.kept))
      }
    }
  }

  @Test func tiesGoToTheLowerIndex() {
    var problem = SelectionProblem(
      unitCount: 4,
      consumers: [
        .init(
          weight: Matrix(rows: 1, columns: 4, [1, 1, 1, 1]), bias: nil, channels: (0..<4).map { [$0] },
          statistics: ActivationStatistics(of: Matrix(rows: 4, columns: 1, [1, 1, 1, 1])))
      ], producerWeights: ProducerWeights([[1], [1], [1], [1]]))
    problem.setScores([1, 1, 1, 1])
    // Chance has no order, and methods that re-fit compare costs that are equal but for rounding.
    let others = [
      RandomSelection.identifier, BackwardElimination.identifier, Swapping<BackwardElimination>.identifier,
      Automatic.identifier, ISpaSPLeastSquares.identifier,
    ]
    for method in SelectionMethods.all where !others.contains(method.identifier) {
      #expect(method.select(2, of: problem).kept == [0, 1], "\(method.identifier)")
    }
  }

  @Test func supportsOnlyRiseSoThereAreNoCycles() {
    var moves = 0
    for seed in 0..<200 {
      let problem = problem(units: 12, outputs: 3, seed: UInt64(seed), nonNegative: false)
      let order = (0..<12).sorted { problem.hiddenSize[$0] > problem.hiddenSize[$1] }
      let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
      let selection = ISpaSP(iterations: 1000).select(4, of: problem)
      let ranks = selection.trace.map { $0.support.map { rank[$0]! }.sorted() }
      for (earlier, later) in zip(ranks, ranks.dropFirst()) {
        #expect(zip(earlier, later).allSatisfy { $0 >= $1 })
        moves += earlier == later ? 0 : 1
      }
      #expect(ranks.count < 1000 && (ranks.count < 2 || ranks[ranks.count - 1] == ranks[ranks.count - 2]))
    }
    #expect(moves > 0, "no support ever moved, so nothing was tested")
  }

  @Test func statisticsOfHalvesAddUp() {
    var generator = SeededGenerator(seed: 8)
    let all = Matrix(rows: 3, columns: 10, (0..<30).map { _ in generator.normal() })
    let halves = [0..<4, 4..<10].map { ActivationStatistics(of: all.taking(columns: Array($0))) }
    let whole = ActivationStatistics(of: all)
    let sum = halves[0] + halves[1]
    #expect(sum.count == whole.count)
    #expect(relativeDifference(sum.sum, whole.sum) < 1e-12)
    #expect(relativeDifference(sum.gram!.elements, whole.gram!.elements) < 1e-12)
  }
}

extension SelectionProblem {
  /// Sets the scores that do not follow from the layers to `scores`.
  fileprivate mutating func setScores(_ scores: [Double]) {
    traits.normalizationScales = scores
    for loss in GateGradients.Loss.allCases { traits.gateGradients[loss] = scores }
  }
}
