import EspalierLinearAlgebra
import EspalierProximalPoint

/// The matrices of a fit's inference, summed over rows in the coordinates of scaled rows.
struct InformationSums {
  /// `sum_i w_i E l'' a_i a_i^T`.
  private(set) var expected: Matrix
  /// `sum_i w_i l'' a_i a_i^T`; zeros if it is not asked for.
  private(set) var observed: Matrix
  /// `sum_i s_i s_i^T` over the scores of rows; zeros if it is not asked for.
  private(set) var scores: Matrix
  /// The sums of the scores of each cluster.
  private(set) var clusters: [[Double]] = []
  /// The number of clusters with a row of positive weight.
  var clusterCount: Int { hasWeight.count { $0 } }
  /// `sum w^2 l'^2`, `sum l''` and `sum l''^2`, for M-estimators.
  private(set) var slopes = (squares: 0.0, curvature: 0.0, squaredCurvature: 0.0)
  /// Of each cluster, whether a row has a positive weight.
  private var hasWeight: [Bool] = []
  private let needsObserved: Bool
  private let needsScores: Bool
  private let block: Int

  /// Sums over no rows, of matrices of this dimension in blocks of one predictor.
  init(dimension: Int, block: Int, needsObserved: Bool, needsScores: Bool) {
    let zeros = Matrix(rows: dimension, columns: dimension)
    (expected, observed, scores) = (zeros, zeros, zeros)
    (self.needsObserved, self.needsScores, self.block) = (needsObserved, needsScores, block)
  }

  /// Adds the rows of a block.
  mutating func add(_ rows: InferenceRows.Block, _ terms: RowTerms) {
    let examples = rows.examples
    expected = expected + examples.blockGram(terms.expected)
    if needsObserved { observed = observed + examples.blockGram(terms.observed) }
    if needsScores { scores = scores + examples.blockGram(terms.slopeProducts(times: nil)) }
    if !rows.clusters.isEmpty {
      count(rows)
      for (k, slopes) in terms.slopes.enumerated() {
        examples.addScores(slopes, at: k * block, of: rows.clusters, to: &clusters)
      }
    }
    for (slope, curvature) in zip(terms.slopes[0], terms.observed[0]) {
      slopes.squares += slope * slope
      slopes.curvature += curvature
      slopes.squaredCurvature += curvature * curvature
    }
  }

  /// Adds the rows of a block of ordered classes, whose expected information is the observed.
  mutating func add(_ rows: InferenceRows.Block, _ ordinal: OrdinalAtSolution) {
    let information = ordinal.information(rows.examples)
    expected = expected + information
    if needsObserved { observed = observed + information }
    if needsScores { scores = scores + ordinal.scoreForm(rows.examples) }
    if !rows.clusters.isEmpty {
      count(rows)
      ordinal.addScores(rows.examples, of: rows.clusters, to: &clusters)
    }
  }

  /// Makes places for the clusters of a block, and notes which have a weight.
  private mutating func count(_ rows: InferenceRows.Block) {
    let more = (rows.clusters.max() ?? -1) + 1 - clusters.count
    clusters += repeatElement([Double](repeating: 0, count: expected.rows), count: max(0, more))
    hasWeight += repeatElement(false, count: max(0, more))
    for (cluster, weight) in zip(rows.clusters, rows.examples.weights) where weight > 0 { hasWeight[cluster] = true }
  }
}
