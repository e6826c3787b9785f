import EspalierLinearAlgebra
import EspalierPruning
import EspalierTensors
import Foundation

/// A synthetic selection problem whose hidden representation is compressible: the rows' sizes follow a power law.
///
/// H is hidden x samples and not negative; the row sums, in random order, are `i^(-1/p)` for i = 1 .. hidden, plus
/// noise. There are as many samples as hidden units.
struct CompressibleProblem {
  /// How the columns of W1 are drawn.
  enum Weights: Hashable, Sendable {
    /// Independent Gaussian columns of expected length 1.
    case gaussian(outputs: Int)
    /// The same with a part in common, `sqrt(1 - rho) g_i + sqrt(rho) g`: expected inner products are rho.
    case correlated(outputs: Int, rho: Double)
    /// Orthonormal columns, as many outputs as hidden units: restricted isometry constants are 0.
    case orthonormal
  }

  /// The problem.
  let problem: SelectionProblem
  /// The units from the largest to the smallest, noise apart.
  let order: [Int]

  /// The problem of `hiddenSize` units, of exponent `exponent`.
  ///
  /// - Parameter noise: Each row's noise has the sum `noise |g|`, g Gaussian.
  init(
    hiddenSize: Int, exponent: Double, weights: Weights, noise: Double = 0, _ generator: inout SeededGenerator
  ) {
    order = (0..<hiddenSize).shuffled(using: &generator)
    var hidden = Matrix(rows: hiddenSize, columns: hiddenSize)
    for (rank, row) in order.enumerated() {
      let values = (0..<hiddenSize).map { _ in abs(generator.normal()) }
      let scale = pow(Double(rank + 1), -1 / exponent) / values.reduce(0, +)
      for (column, value) in values.enumerated() { hidden[row, column] = value * scale }
    }
    if noise > 0 { Self.add(noise, to: &hidden, &generator) }
    problem = SelectionProblem(
      unitCount: hiddenSize,
      consumers: [
        .init(
          weight: weights.matrix(hiddenSize, &generator), bias: nil, channels: (0..<hiddenSize).map { [$0] },
          statistics: ActivationStatistics(of: hidden))
      ])
  }

  private static func add(_ noise: Double, to hidden: inout Matrix, _ generator: inout SeededGenerator) {
    for row in 0..<hidden.rows {
      let values = (0..<hidden.columns).map { _ in abs(generator.normal()) }
      let scale = noise * abs(generator.normal()) / values.reduce(0, +)
      for (column, value) in values.enumerated() { hidden[row, column] += value * scale }
    }
  }
}

extension CompressibleProblem.Weights {
  /// W1, outputs x `hiddenSize`.
  fileprivate func matrix(_ hiddenSize: Int, _ generator: inout SeededGenerator) -> Matrix {
    switch self {
    case .gaussian(let outputs): return Self.gaussian(outputs, hiddenSize, &generator)
    case .correlated(let outputs, let rho):
      var matrix = Self.gaussian(outputs, hiddenSize, &generator)
      let common = Self.gaussian(outputs, 1, &generator)
      for output in 0..<outputs {
        for unit in 0..<hiddenSize {
          matrix[output, unit] = (1 - rho).squareRoot() * matrix[output, unit] + rho.squareRoot() * common[output, 0]
        }
      }
      return matrix
    case .orthonormal:
      // With A^T A = L L^T, the rows of L^-1 A^T are orthonormal.
      let matrix = Self.gaussian(hiddenSize, hiddenSize, &generator)
      let gram = Matrix.product(matrix, matrix, transposingFirst: true)
      return Cholesky(form: gram).halfSolve(matrix.transposed).transposed
    }
  }

  private static func gaussian(_ rows: Int, _ columns: Int, _ generator: inout SeededGenerator) -> Matrix {
    let deviation = 1 / Double(rows).squareRoot()
    return Matrix(rows: rows, columns: columns, (0..<rows * columns).map { _ in generator.normal() * deviation })
  }
}
