import EspalierFiles
import EspalierTables

extension Predictor {
  /// What is computed of a row beside its prediction.
  package struct Details: Sendable {
    /// The linear predictors: of one, or of each class.
    package let linear: [Double]
    /// The intervals, if asked for.
    package let intervals: [PredictionUncertainty.Interval]
    /// The residuals, if asked for.
    package let residuals: Residuals.Row?
  }

  /// The details of each row. Complexity: O(p^2) a row.
  package func details(
    _ rows: Rows, uncertainty: PredictionUncertainty?, residuals: Residuals?
  ) -> [Details] {
    (0..<rows.count).map { row in
      let linear = linear(rows, row)
      var elements: [(feature: Int, value: Double)] = []
      if uncertainty != nil || residuals != nil {
        rows.forEachFeature(of: row) { if $1 != 0 { elements.append((feature: $0, value: $1)) } }
      }
      return Details(
        linear: linear, intervals: uncertainty?.intervals(elements, linear: linear) ?? [],
        residuals: residuals?.row(
          elements, linear: linear[0], target: rows.targets[row],
          weight: rows.weights.isEmpty ? 1 : rows.weights[row]))
    }
  }
}
