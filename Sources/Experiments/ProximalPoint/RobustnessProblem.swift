import EspalierFiles
import EspalierProximalPoint
import EspalierTensors
import Foundation

/// A random instance of the paper's second experiment: n = p = 100 examples of a given condition number.
///
/// `A = U diag(kappa ... 1) V^T` with U and V random and orthogonal, singular values linear from kappa to 1, x*
/// Gaussian; b is `A x*` with noise of deviation 1e-3, or Poisson with means `exp(A x*)`.
package struct RobustnessProblem: Sendable {
  /// The kind of regression.
  package enum Kind: String, CaseIterable, Sendable, Codable {
    /// Linear regression.
    case linear
    /// Poisson regression.
    case poisson

    /// The loss.
    var loss: any Loss {
      switch self {
      case .linear: SquaredLoss()
      case .poisson: PoissonLoss()
      }
    }

    /// The condition numbers of the paper.
    package var conditionNumbers: [Double] {
      switch self {
      case .linear: [1, 5, 10]
      case .poisson: [1, 3, 5]
      }
    }
  }

  /// The kind of regression.
  package let kind: Kind
  let examples: Examples<DenseRows>
  private let squaredTargets: Double

  private static let size = 100
  private static let noise = 1e-3

  /// The instance determined by a seed.
  package init(_ kind: Kind, conditionNumber: Double, seed: UInt64) throws(EspalierError) {
    var generator = SeededGenerator(seed: seed)
    let n = Self.size
    var left = Self.orthogonal(n, &generator)
    let right = Self.orthogonal(n, &generator)
    for row in 0..<n {
      for column in 0..<n {
        left[row][column] *= conditionNumber + (1 - conditionNumber) * Double(column) / Double(n - 1)
      }
    }
    let rows = left.map { row in
      (0..<n).map { column in (0..<n).reduce(0) { $0 + row[$1] * right[$1][column] } }
    }
    let solution = (0..<n).map { _ in generator.normal() }
    let targets = rows.map { row in
      let predictor = zip(row, solution).reduce(0) { $0 + $1.0 * $1.1 }
      switch kind {
      case .linear: return predictor + Self.noise * generator.normal()
      case .poisson: return Self.poisson(mean: exp(predictor), &generator)
      }
    }
    self.kind = kind
    examples = try Examples(DenseRows(dimension: n, rows.flatMap { $0 }), targets: targets)
    squaredTargets = targets.reduce(0) { $0 + $1 * $1 }
  }

  /// `||b - h(A x)||^2 / ||b||^2`.
  func relativeError(_ x: [Double]) -> Double {
    let loss = kind.loss
    return zip(examples.predictors(x), examples.targets).reduce(0) { sum, pair in
      let error = pair.1 - loss.mean(pair.0)
      return sum + error * error
    } / squaredTargets
  }

  /// A random orthogonal matrix: Gram-Schmidt, applied twice, on a Gaussian matrix.
  private static func orthogonal(_ n: Int, _ generator: inout SeededGenerator) -> [[Double]] {
    var rows: [[Double]] = []
    for _ in 0..<n {
      var row = (0..<n).map { _ in generator.normal() }
      for _ in 0..<2 {
        for other in rows {
          let overlap = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
          for column in 0..<n { row[column] -= overlap * other[column] }
        }
      }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      rows.append(row.map { $0 / length })
    }
    return rows
  }

  /// A Poisson number: the number of events of a process of rate 1 within the time `mean`. Complexity: O(mean).
  private static func poisson(mean: Double, _ generator: inout SeededGenerator) -> Double {
    var (time, count) = (-log(1 - generator.uniform()), 0.0)
    while time < mean {
      count += 1
      time -= log(1 - generator.uniform())
    }
    return count
  }
}
