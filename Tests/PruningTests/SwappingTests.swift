import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Testing

/// Swaps against exhaustive search on small problems.
struct SwappingTests {
  /// Units that resemble sums of each other, so that greedy choices are often not the best.
  private func problem(_ seed: UInt64, units: Int = 9, block: Int = 1, layers: Int = 1) -> SelectionProblem {
    var generator = SeededGenerator(seed: seed)
    let channels = units * block
    let consumers = (0..<layers).map { _ in
      let mixing = (0..<channels * 5).map { _ in generator.normal() }
      var hidden = Matrix(rows: channels, columns: 60)
      for sample in 0..<60 {
        let factors = (0..<5).map { _ in generator.normal() }
        for channel in 0..<channels {
          hidden[channel, sample] = (0..<5).reduce(0.2 * generator.normal()) {
            $0 + mixing[channel * 5 + $1] * factors[$1]
          }
        }
      }
      return SelectionProblem.Consumer(
        weight: Matrix(rows: 3, columns: channels, (0..<3 * channels).map { _ in generator.normal() }),
        bias: [0, 1, 2], channels: (0..<units).map { Array($0 * block..<($0 + 1) * block) },
        statistics: ActivationStatistics(of: hidden))
    }
    return SelectionProblem(unitCount: units, consumers: consumers)
  }

  /// The penalised residual of re-fitting to `kept`, by the normal equations.
  private func residual(_ problem: SelectionProblem, keeping kept: [Int]) -> Double {
    problem.consumers.reduce(0) { sum, consumer in
      var form = consumer.statistics.gram!
      let mean = consumer.statistics.sum
      form.addOuterProduct(mean, mean, times: -1 / Double(consumer.statistics.count))
      form.addToDiagonal(Ridge().strength * form.diagonal.reduce(0, +) / Double(form.rows))
      let own = kept.flatMap { consumer.channels[$0] }.sorted()
      let target = Matrix.product(consumer.weight, form, transposingSecond: false)
      let coupling = target.taking(columns: own).transposed
      let solution = Cholesky(form: form.taking(rows: own, columns: own)).solve(coupling)
      let all = zip(target.elements, consumer.weight.elements).reduce(0) { $0 + $1.0 * $1.1 }
      return sum + all - zip(coupling.elements, solution.elements).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// All sets of `count` of the first `units` units.
  private func subsets(_ units: Int, _ count: Int) -> [[Int]] {
    (0..<1 << units).filter { $0.nonzeroBitCount == count }.map { bits in (0..<units).filter { bits >> $0 & 1 == 1 } }
  }

  @Test(arguments: [(1, 1), (2, 1), (1, 2)]) func swapsComeNearerToTheOptimum(_ block: Int, _ layers: Int) {
    var (hits, plainHits, swaps) = (0, 0, 0)
    for seed in 0..<UInt64(24) {
      let problem = problem(seed, block: block, layers: layers)
      for count in [3, 4, 6] {
        let best = subsets(9, count).map { residual(problem, keeping: $0) }.min()!
        func compare<Method: SelectionMethod>(_ method: Method) {
          let plain = method.select(count, of: problem).kept
          let swapped = Swapping(method).select(count, of: problem).kept
          let (before, after) = (residual(problem, keeping: plain), residual(problem, keeping: swapped))
          #expect(after <= before * (1 + 1e-9), "\(Method.identifier), seed \(seed)")
          #expect(plain == swapped || after < before)
          plainHits += before <= best * (1 + 1e-9) ? 1 : 0
          hits += after <= best * (1 + 1e-9) ? 1 : 0
          swaps += plain == swapped ? 0 : 1
        }
        compare(BackwardElimination())
        compare(OrthogonalMatchingPursuit())
      }
    }
    #expect(swaps > 0 && hits > plainHits, "\(hits) of 144 are optimal, \(plainHits) without swaps")
  }

  @Test func noSingleSwapIsLeft() {
    for seed in 0..<UInt64(10) {
      let problem = problem(seed, units: 12, block: 2, layers: 2)
      let kept = Swapping(OrthogonalMatchingPursuit(), passes: 100).select(5, of: problem).kept
      let reached = residual(problem, keeping: kept)
      for (position, _) in kept.enumerated() {
        for other in 0..<12 where !kept.contains(other) {
          var swapped = kept
          swapped[position] = other
          #expect(residual(problem, keeping: swapped) >= reached * (1 - 1e-8))
        }
      }
    }
  }

  @Test func withoutPassesTheMethodIsAlone() {
    let problem = problem(3)
    #expect(
      Swapping(OrthogonalMatchingPursuit(), passes: 0).select(4, of: problem)
        == OrthogonalMatchingPursuit().select(4, of: problem))
    #expect(Swapping<OrthogonalMatchingPursuit>.identifier == "omp-swap")
    #expect(Swapping<BackwardElimination>.title == "Backward elimination with swaps")
  }

  @Test func leastSquaresChooseTheTrueSupport() {
    // Six signals that are sums of three of twelve independent atoms: their weights say which.
    var generator = SeededGenerator(seed: 4)
    let hidden = Matrix(rows: 12, columns: 400, (0..<4800).map { _ in generator.normal() })
    var weight = Matrix(rows: 6, columns: 12)
    for output in 0..<6 { for unit in [2, 5, 9] { weight[output, unit] = generator.normal() } }
    let problem = SelectionProblem(
      unitCount: 12,
      consumers: [
        .init(
          weight: weight, bias: nil, channels: (0..<12).map { [$0] }, statistics: ActivationStatistics(of: hidden))
      ])
    #expect(ISpaSPLeastSquares().select(3, of: problem).kept == [2, 5, 9])
  }

  @Test func leastSquaresKeepTheBestSupportSeen() {
    var better = 0
    for seed in 0..<UInt64(20) {
      let problem = problem(seed, units: 12)
      let once = ISpaSPLeastSquares(iterations: 1).select(4, of: problem).kept
      let often = ISpaSPLeastSquares(iterations: 30).select(4, of: problem).kept
      let (first, last) = (residual(problem, keeping: once), residual(problem, keeping: often))
      #expect(last <= first * (1 + 1e-9))
      better += last < first * 0.999 ? 1 : 0
    }
    #expect(better > 0, "further iterations never helped, so nothing was tested")
  }
}
