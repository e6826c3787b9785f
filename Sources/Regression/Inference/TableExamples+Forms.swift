import EspalierLinearAlgebra
import EspalierProximalPoint

/// Sums and products of examples, whether their rows are dense or sparse.
extension TableExamples {
  /// The targets.
  var targets: [Double] {
    switch self {
    case .dense(let examples): examples.targets
    case .sparse(let examples): examples.targets
    }
  }

  /// The weights; 1 for rows without them.
  var weights: [Double] {
    switch self {
    case .dense(let examples): examples.weights ?? [Double](repeating: 1, count: count)
    case .sparse(let examples): examples.weights ?? [Double](repeating: 1, count: count)
    }
  }

  /// The offsets; `nil` without them.
  var offsets: [Double]? {
    switch self {
    case .dense(let examples): examples.offsets
    case .sparse(let examples): examples.offsets
    }
  }

  /// The linear predictor of each row at the coefficients `x`.
  func predictors(_ x: [Double]) -> [Double] {
    switch self {
    case .dense(let examples): examples.predictors(x)
    case .sparse(let examples): examples.predictors(x)
    }
  }

  /// `sum_i factor_i a_i a_i^T`.
  func gram(_ factors: [Double]) -> Matrix {
    switch self {
    case .dense(let examples): examples.signedGram(factors)
    case .sparse(let examples): examples.signedGram(factors)
    }
  }

  /// `sum_i factor_i a_i`.
  func combination(_ factors: [Double]) -> [Double] {
    switch self {
    case .dense(let examples): examples.combination(factors)
    case .sparse(let examples): examples.combination(factors)
    }
  }

  /// `a_i^T M a_i` for each row.
  func quadraticForms(_ matrix: Matrix) -> [Double] {
    switch self {
    case .dense(let examples): examples.quadraticForms(matrix)
    case .sparse(let examples): examples.quadraticForms(matrix)
    }
  }

  /// Adds `score_i a_i` of each row to the sum of its cluster.
  func addScores(_ scores: [Double], at place: Int, of clusters: [Int], to sums: inout [[Double]]) {
    func add<Rows: FeatureRows>(_ examples: Examples<Rows>, _ sums: inout [[Double]]) {
      for row in 0..<examples.count {
        sums[clusters[row]].withUnsafeMutableBufferPointer { sum in
          let start = sum.baseAddress! + place
          examples.rows.add(row, times: scores[row], to: start)
          if examples.hasIntercept { start[examples.rows.dimension] += scores[row] }
        }
      }
    }
    switch self {
    case .dense(let examples): add(examples, &sums)
    case .sparse(let examples): add(examples, &sums)
    }
  }
}
