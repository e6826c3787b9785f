import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Testing

/// Least squares by moments, and the ridge that cross-validation chooses.
struct CrossValidationTests {
  /// Samples of a linear target of `rows` inputs with noise, in columns.
  private struct Samples {
    let input: Matrix
    let output: Matrix

    init(_ count: Int, rows: Int, outputs: Int, noise: Double, seed: UInt64) {
      var weights = SeededGenerator(seed: 99)
      let truth = Matrix(rows: outputs, columns: rows, (0..<outputs * rows).map { _ in weights.normal() })
      var generator = SeededGenerator(seed: seed)
      input = Matrix(rows: rows, columns: count, (0..<rows * count).map { _ in generator.normal() + 0.5 })
      var output = Matrix.product(truth, input)
      for index in output.elements.indices { output.elements[index] += 1 + noise * generator.normal() }
      self.output = output
    }

    var statistics: ActivationStatistics {
      var statistics = ActivationStatistics(of: input)
      statistics.target = TargetMoments(
        cross: Matrix.product(output, input, transposingSecond: true),
        sum: (0..<output.rows).map { output.row($0).reduce(0, +) },
        squares: (0..<output.rows).map { output.row($0).reduce(0) { $0 + $1 * $1 } })
      return statistics
    }

    /// `|| T - W H - b ||^2`, sample by sample.
    func error(_ solution: LayerMoments.Solution, rows: [Int]) -> Double {
      let answer = Matrix.product(solution.weight, input.taking(rows: rows))
      return output.elements.indices.reduce(0) { sum, index in
        let row = index / output.columns
        let difference = output.elements[index] - answer.elements[index] - (solution.bias?[row] ?? 0)
        return sum + difference * difference
      }
    }
  }

  private func moments(_ statistics: ActivationStatistics, rows: [Int], bias: Bool) -> LayerMoments {
    LayerMoments(
      statistics, weight: Matrix(rows: 2, columns: 6), bias: bias ? [0, 0] : nil, outputs: [0, 1], rows: rows)!
  }

  @Test(arguments: [true, false])
  func momentsTellErrorsAndOptima(_ bias: Bool) {
    let samples = Samples(40, rows: 6, outputs: 2, noise: 0.3, seed: 1)
    let rows = [0, 2, 3, 5]
    let prior = Matrix(rows: 2, columns: 4)
    let moments = moments(samples.statistics, rows: rows, bias: bias)
    let best = moments.solution(0, prior: prior)
    let least = samples.error(best, rows: rows)
    #expect(abs(moments.error(of: best) - least) < 1e-9 * least)
    for index in best.weight.elements.indices {
      for change in [1e-3, -1e-3] {
        var other = best
        other.weight.elements[index] += change
        #expect(samples.error(other, rows: rows) > least)
      }
    }
  }

  @Test func leavingAPartOutIsASubtraction() {
    let parts = [
      Samples(10, rows: 6, outputs: 2, noise: 1, seed: 1), Samples(30, rows: 6, outputs: 2, noise: 1, seed: 2),
    ]
    let rows = Array(0..<6)
    let both = parts[0].statistics + parts[1].statistics
    let rest = moments(both, rows: rows, bias: true).without(moments(parts[0].statistics, rows: rows, bias: true))
    let prior = Matrix(rows: 2, columns: 6)
    let solution = moments(parts[1].statistics, rows: rows, bias: true).solution(0, prior: prior)
    for (one, two) in zip(rest.solution(0, prior: prior).weight.elements, solution.weight.elements) {
      #expect(abs(one - two) < 1e-9)
    }
  }

  @Test func noiseAndFewSamplesTakeAStrongRidge() throws {
    func strength(_ count: Int, noise: Double) throws -> Double {
      let parts = (0..<4).map { Samples(count / 4, rows: 6, outputs: 2, noise: noise, seed: 5 + $0).statistics }
      var statistics = parts.dropFirst().reduce(parts[0], +)
      statistics.folds = parts
      let consumer = SelectionProblem.Consumer(
        weight: Matrix(rows: 2, columns: 6, Array(repeating: 0.1, count: 12)), bias: [0.1, 0.1],
        channels: (0..<6).map { [$0] }, statistics: statistics)
      let fit = try #require(SupportFit(consumer, rows: Array(0..<6), ridge: .byFolds))
      return fit.strength ?? .infinity
    }
    #expect(try strength(4000, noise: 0.1) <= 1e-3)
    #expect(try strength(8, noise: 20) > 0.1)
  }

  @Test func weightsThatFitAlreadyAreKept() throws {
    var generator = SeededGenerator(seed: 3)
    let truth = Matrix(rows: 2, columns: 6, (0..<12).map { _ in generator.normal() })
    let parts = (0..<4).map { _ in
      let input = Matrix(rows: 6, columns: 2, (0..<12).map { _ in generator.normal() })
      var statistics = ActivationStatistics(of: input)
      let output = Matrix.product(truth, input)
      statistics.target = TargetMoments(
        cross: Matrix.product(output, input, transposingSecond: true),
        sum: (0..<2).map { output.row($0).reduce(0, +) },
        squares: (0..<2).map { output.row($0).reduce(0) { $0 + $1 * $1 } })
      return statistics
    }
    var statistics = parts.dropFirst().reduce(parts[0], +)
    statistics.folds = parts
    let consumer = SelectionProblem.Consumer(
      weight: truth, bias: nil, channels: (0..<6).map { [$0] }, statistics: statistics)
    let fit = try #require(SupportFit(consumer, rows: Array(0..<6), ridge: .byFolds))
    #expect(fit.heldOutResidual! <= 1e-12 * statistics.target!.squares.reduce(0, +))
    #expect(zip(fit.extended(from: consumer).weight.elements, truth.elements).allSatisfy { abs($0 - $1) < 1e-9 })
  }
}
