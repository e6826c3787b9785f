import EspalierProximalPoint
import EspalierTensors
import Foundation
import Testing

/// Random problems of every smooth loss, four penalties, units from 1e-6 to 1e9, means far from 0 and correlated
/// features: what is called converged has no gradient left, computed here from nothing but the definition.
///
/// `Benchmarks/Peers/fit_certificates.py` makes larger ones, and bounds them by Fenchel's dual.
@Suite struct RandomProblemTests {
  private struct Problem {
    var rows: [[Double]] = []
    var targets: [Double] = []
    var l1 = 0.0
    var l2 = 0.0

    func column(_ j: Int) -> [Double] { rows.map { $0[j] } }
  }

  private static let losses: [any Loss] = [
    SquaredLoss(), PoissonLoss(), LogisticLoss(), GammaLoss(), NegativeBinomialLoss(dispersion: 0.5),
    SquaredHingeLoss(),
  ]

  private func problem(_ loss: any Loss, seed: UInt64) -> Problem {
    var generator = SeededGenerator(seed: seed)
    var problem = Problem()
    let dimension = 2 + generator.index(below: 5)
    let (unit, share) = (pow(10, Double(generator.index(below: 16)) - 6), [0, 0.9, 0.9999][generator.index(below: 3)])
    let distance = [0, 3, 1000][generator.index(below: 3)]
    for _ in 0..<120 {
      let common = generator.normal()
      let row = (0..<dimension).map { _ in share.squareRoot() * common + (1 - share).squareRoot() * generator.normal() }
      let g = row.reduce(0.3) { $0 + 0.3 * $1 } + generator.normal()
      problem.rows.append(row.map { unit * ($0 + Double(distance)) })
      problem.targets.append(
        [g, abs(g.rounded()), abs(g), g > 0 ? 1 : -1, g > 0 ? 1 : 0].first {
          loss.accepts(target: $0)
        }!)
    }
    let penalty = generator.index(below: 4)
    if penalty & 1 == 1 { problem.l1 = 0.05 * unit }
    if penalty & 2 == 2 { problem.l2 = 0.1 * unit * unit }
    return problem
  }

  /// The largest subgradient of least magnitude in standardised units.
  private func residual(_ problem: Problem, _ loss: any Loss, _ solution: [Double]) -> Double {
    let (n, p) = (problem.rows.count, problem.rows[0].count)
    let slopes = (0..<n).map { i in
      let g = zip(problem.rows[i], solution).reduce(solution[p]) { $0 + $1.0 * $1.1 }
      return loss.derivative(g, problem.targets[i])
    }
    // The root mean square of the derivatives of the best model without features, by bisection.
    var (low, high) = (-1e3, 1e3)
    for _ in 0..<200 {
      let middle = 0.5 * (low + high)
      if problem.targets.reduce(0, { $0 + loss.derivative(middle, $1) }) < 0 { low = middle } else { high = middle }
    }
    let size = (problem.targets.reduce(0) { $0 + pow(loss.derivative(low, $1), 2) } / Double(n)).squareRoot()
    var largest = abs(slopes.reduce(0, +) / Double(n))
    for j in 0..<p {
      let column = problem.column(j)
      let mean = column.reduce(0, +) / Double(n)
      let deviation = (column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)).squareRoot()
      let slope = zip(column, slopes).reduce(0) { $0 + ($1.0 - mean) * $1.1 } / Double(n) + problem.l2 * solution[j]
      let rest =
        solution[j] == 0 ? max(0, abs(slope) - problem.l1) : abs(slope + (solution[j] > 0 ? problem.l1 : -problem.l1))
      largest = max(largest, rest / deviation)
    }
    return largest / size
  }

  @Test(arguments: losses.indices)
  func convergedIsTrue(loss: Int) throws {
    func check(_ loss: some Loss) throws {
      for seed in 0..<10 as Range<UInt64> {
        let problem = problem(loss, seed: seed)
        let p = problem.rows[0].count
        let examples = try Examples(
          DenseRows(dimension: p, problem.rows.flatMap { $0 }), targets: problem.targets, intercept: true)
        for newtonLimit in [2000, 0] where newtonLimit > 0 || problem.l1 == 0 {
          let solver = AutomaticSolver(newtonLimit: newtonLimit)
          let result =
            problem.l1 == 0 && problem.l2 == 0
            ? try solver.minimize(loss, over: examples)
            : try solver.minimize(loss, over: examples, regularizer: ElasticNet(l1: problem.l1, l2: problem.l2))
          let rest = residual(problem, loss, result.solution)
          let name = "\(loss.name), seed \(seed), limit \(newtonLimit): \(rest), \(result.reason)"
          #expect(result.status == .converged && rest < 2e-6, "\(name)")
        }
      }
    }
    try check(Self.losses[loss])
  }
}
