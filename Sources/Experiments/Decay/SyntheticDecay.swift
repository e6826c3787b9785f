import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Foundation

/// The paper's synthetic experiment: the decay of the residual of i-SpaSP with the size kept, when the rows of the
/// hidden representation follow a power law.
///
/// H is hidden x samples and non-negative; the row sums, in random order, are `i^(-1/p)` for i = 1 .. hidden. W1 is
/// Gaussian with variance 1 / outputs. For s = 1 .. hidden the residual is `|| W1 H - W1_S H_S ||_F^2`.
///
/// Source: C. R. Wolfe and A. Kyrillidis, L4DC 2022, section 5 ("synthetic experiments"). The paper does not state the
/// number of outputs and samples; both equal the hidden size here.
package struct SyntheticDecay: Sendable, Codable {
  /// Hidden units.
  package let hiddenSize: Int
  /// The exponent p of the power law: the smaller, the more compressible.
  package let exponent: Double
  /// For s = 1 .. hidden size, the geometric mean over the trials of the residual over the energy of the output.
  package let residuals: [Double]
  /// The degree d of the decay `s^-d`, fitted to the residuals over the middle sizes.
  package let fittedDegree: Double

  /// Sizes between which the degree is fitted: below, constants dominate; above, few rows are left.
  package var fittedSizes: ClosedRange<Int> { Self.fittedSizes(hiddenSize) }

  private static func fittedSizes(_ hiddenSize: Int) -> ClosedRange<Int> { max(2, hiddenSize / 20)...hiddenSize / 2 }

  /// The lowest degree that the theory guarantees. From the paper's bound in terms of the l1 tail of `mu(H)`,
  /// `sum over i > s of i^(-1/p) ~ s^(1 - 1/p)`, squared: `2/p - 2`.
  package var promisedDegree: Double { 2 / exponent - 2 }

  /// Runs `trials` random instances drawn from `seed`.
  package init(hiddenSize: Int, exponent: Double, trials: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var logarithms = [Double](repeating: 0, count: hiddenSize)
    for _ in 0..<trials {
      let problem = Self.problem(hiddenSize, exponent, &generator)
      for size in 1..<hiddenSize {
        let kept = ISpaSP().select(size, of: problem).kept
        guard let residual = problem.residual(keeping: kept), let energy = problem.outputEnergy else {
          preconditionFailure("a hidden representation that is there as a whole has second moments")
        }
        logarithms[size - 1] += log10(max(residual / energy, 1e-300)) / Double(trials)
      }
      // With everything kept the residual is zero, and its logarithm infinite.
      logarithms[hiddenSize - 1] = -.infinity
    }
    self.hiddenSize = hiddenSize
    self.exponent = exponent
    residuals = logarithms.map { pow(10, $0) }
    fittedDegree = -Self.slope(Self.fittedSizes(hiddenSize).map { (log10(Double($0)), logarithms[$0 - 1]) })
  }

  private static func problem(
    _ hiddenSize: Int, _ exponent: Double, _ generator: inout SeededGenerator
  ) -> SelectionProblem {
    let places = (0..<hiddenSize).shuffled(using: &generator)
    var hidden = Matrix(rows: hiddenSize, columns: hiddenSize)
    for (rank, row) in places.enumerated() {
      let values = (0..<hiddenSize).map { _ in abs(generator.normal()) }
      let scale = pow(Double(rank + 1), -1 / exponent) / values.reduce(0, +)
      for (column, value) in values.enumerated() { hidden[row, column] = value * scale }
    }
    let deviation = 1 / Double(hiddenSize).squareRoot()
    let weights = (0..<hiddenSize * hiddenSize).map { _ in generator.normal() * deviation }
    return SelectionProblem(
      unitCount: hiddenSize,
      consumers: [
        .init(
          weight: Matrix(rows: hiddenSize, columns: hiddenSize, weights), bias: nil,
          channels: (0..<hiddenSize).map { [$0] }, statistics: ActivationStatistics(of: hidden))
      ])
  }

  /// The slope of the least-squares line through `points`.
  private static func slope(_ points: [(x: Double, y: Double)]) -> Double {
    let count = Double(points.count)
    let meanX = points.reduce(0) { $0 + $1.x } / count
    let meanY = points.reduce(0) { $0 + $1.y } / count
    let covariance = points.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) }
    return covariance / points.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
  }
}
