import EspalierEngine
import EspalierPruning
import EspalierReports

/// The JSON of `compare`.
package struct CompareJSON: Encodable {
  /// What is known of one network's answers.
  struct QualityJSON: Encodable {
    @OrNull var accuracy: Double?
    @OrNull var agreement: Double?
    @OrNull var relativeError: Double?
    /// Whether no network of this size is better by more than one standard error.
    @OrNull var best: Bool?

    init(_ quality: NetworkComparison.Quality, least: Double? = nil) {
      (accuracy, agreement, relativeError) = (quality.accuracy, quality.agreement, quality.relativeError)
      best = quality.score.flatMap { score in least.map { score >= $0 } }
    }
  }

  /// One method at one size.
  struct Row: Encodable {
    let method: String
    let size: Double
    @OrNull var plain: QualityJSON?
    @OrNull var refitted: QualityJSON?
    @OrNull var cost: ModelCost?
    @OrNull var latency: Latency?
    @OrNull var selectionSeconds: Double?
    @OrNull var refusal: String?
  }

  let dense: QualityJSON
  let denseCost: ModelCost
  let rows: [Row]
  let samples: Int
  let heldOut: Int
  let labelled: Int
  let calibrationSeconds: Double

  /// The figures of `comparison` so far.
  package init(_ comparison: NetworkComparison) {
    dense = QualityJSON(comparison.dense)
    denseCost = comparison.denseCost
    samples = comparison.sampleCount
    heldOut = comparison.heldOutCount
    labelled = comparison.labelledCount
    calibrationSeconds = comparison.calibrationSeconds
    rows = comparison.rows.map { row in
      let (figures, least) = (row.figures, comparison.leastOfBest(at: row.size))
      return Row(
        method: row.method, size: row.size, plain: figures.map { QualityJSON($0.plain, least: least) },
        refitted: figures.map { QualityJSON($0.refitted, least: least) }, cost: figures?.cost,
        latency: figures?.latency.after, selectionSeconds: figures?.seconds, refusal: row.refusal)
    }
  }
}
