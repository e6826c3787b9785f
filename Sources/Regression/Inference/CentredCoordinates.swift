import EspalierLinearAlgebra
import EspalierTables

/// Coordinates in which information matrices are summed and inverted: coefficients of features divided by their
/// deviations and, with an intercept, centred.
///
/// `u_j = x_j deviation_j`, `u_0 = x_0 + sum_j mean_j x_j`. Dense rows are centred before they are summed. Sparse rows
/// are centred in the sums: `S F S^T`, with S the matrix that subtracts from the row of feature j the row of the
/// intercept times `mean_j / deviation_j`. Blocks follow one another, one for each free predictor: the features, then
/// the intercept.
struct CentredCoordinates: Sendable {
  /// The scaling of rows.
  let scaling: FeatureScaling
  /// The number of coefficients of a predictor.
  let block: Int
  private let hasIntercept: Bool
  private let centresRows: Bool
  private let means: [Double]
  private let deviations: [Double]

  /// The coordinates for these features.
  init(_ features: [FeatureSummary], hasIntercept: Bool, isSparse: Bool) {
    self.hasIntercept = hasIntercept
    centresRows = hasIntercept && !isSparse
    scaling = FeatureScaling(features, centred: centresRows)
    deviations = features.map { $0.deviation > 0 ? $0.deviation : 1 }
    means = features.map { hasIntercept && $0.deviation > 0 ? $0.mean : 0 }
    block = features.count + (hasIntercept ? 1 : 0)
  }

  /// The coordinates of a predictor, for rows as they are scaled.
  func coordinates(_ predictor: LinearPredictor) -> [Double] {
    let scaled = zip(predictor.coefficients, deviations).map(*)
    guard hasIntercept else { return scaled }
    let shift = centresRows ? zip(predictor.coefficients, means).reduce(0) { $0 + $1.0 * $1.1 } : 0
    return scaled + [predictor.intercept + shift]
  }

  /// `S F S^T`: a form of rows as they are scaled, for centred rows.
  func centred(_ form: Matrix) -> Matrix {
    guard hasIntercept, !centresRows else { return form }
    return congruence(form) { row, intercept, j in row - means[j] / deviations[j] * intercept }
  }

  /// `S v`: a sum of scores of rows as they are scaled, for centred rows.
  func centred(_ scores: [Double]) -> [Double] {
    guard hasIntercept, !centresRows else { return scores }
    var result = scores
    for start in stride(from: 0, to: scores.count, by: block) {
      for j in means.indices { result[start + j] -= means[j] / deviations[j] * scores[start + block - 1] }
    }
    return result
  }

  /// The inverse M of a centred form, for products with rows as they are scaled: `a^T S^T M S a`.
  func forRows(_ inverse: Matrix) -> Matrix {
    guard hasIntercept, !centresRows else { return inverse }
    return accumulation(inverse) { j in -means[j] / deviations[j] }
  }

  /// The covariance of the coefficients, from that of the coordinates.
  func restored(_ covariance: Matrix) -> Matrix {
    var result = covariance
    for i in 0..<result.rows {
      for j in 0..<result.columns { result[i, j] /= deviation(i) * deviation(j) }
    }
    guard hasIntercept else { return result }
    return accumulation(result) { j in -means[j] }
  }

  /// Whether the intercept of the block at `start` changes along a direction of coordinates.
  func movesIntercept(along direction: [Int: Double], block start: Int) -> Bool {
    guard hasIntercept else { return false }
    var (sum, size) = (direction[start + block - 1] ?? 0, abs(direction[start + block - 1] ?? 0))
    for (place, move) in direction where start <= place && place < start + block - 1 {
      let change = -means[place - start] / deviations[place - start] * move
      sum += change
      size += abs(change)
    }
    return abs(sum) > 1e-6 * size
  }

  private func deviation(_ place: Int) -> Double {
    place % block < deviations.count ? deviations[place % block] : 1
  }

  /// Combines the rows of features, then their columns, with those of the intercept.
  private func congruence(_ form: Matrix, _ combine: (Double, Double, Int) -> Double) -> Matrix {
    var result = form
    for start in stride(from: 0, to: form.rows, by: block) {
      for j in means.indices where means[j] != 0 {
        for k in 0..<form.columns {
          result[start + j, k] = combine(result[start + j, k], result[start + block - 1, k], j)
        }
      }
    }
    for start in stride(from: 0, to: form.rows, by: block) {
      for j in means.indices where means[j] != 0 {
        for k in 0..<form.rows { result[k, start + j] = combine(result[k, start + j], result[k, start + block - 1], j) }
      }
    }
    return result
  }

  /// Adds the rows of features, times `factor`, to that of the intercept, and the columns likewise.
  private func accumulation(_ form: Matrix, _ factor: (Int) -> Double) -> Matrix {
    var result = form
    for start in stride(from: 0, to: form.rows, by: block) {
      for j in means.indices where means[j] != 0 {
        for k in 0..<form.columns { result[start + block - 1, k] += factor(j) * result[start + j, k] }
      }
    }
    for start in stride(from: 0, to: form.rows, by: block) {
      for j in means.indices where means[j] != 0 {
        for k in 0..<form.rows { result[k, start + block - 1] += factor(j) * result[k, start + j] }
      }
    }
    return result
  }
}
