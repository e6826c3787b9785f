import EspalierFiles
import EspalierTables

/// A model measured on labelled rows: on all of them, and by group.
package struct ModelEvaluation: Sendable {
  /// The model.
  package let model: FittedModel
  /// The measures over all rows.
  package let all: ModelMeasures
  /// The measures of each group, in order of appearance; empty if there are none.
  package let groups: [(name: String, measures: ModelMeasures)]
  /// The number of rows left out because a value is missing.
  package let droppedCount: Int

  /// Measures the model on the rows of `reader`.
  ///
  /// Memory is that of a linear predictor, or one for each class, and a few numbers a row.
  /// - Throws: `EspalierError` if a row is invalid, or there is none of a positive weight.
  package init(_ predictor: Predictor, on reader: any RowReader) throws(EspalierError) {
    var rows = EvaluatedRows(predictor.model)
    while let block = try reader.next(atMost: 8192) { try rows.append(block, predictor) }
    let positions = rows.positions()
    guard !positions.isEmpty else {
      throw EspalierError(.data, "the data", "have no rows of a positive weight", remedy: "give rows to evaluate on")
    }
    let weight = positions.reduce(0) { $0 + rows.weights[$1] }
    guard weight.isFinite else { throw .weightsWithoutSum(weight) }
    model = predictor.model
    all = rows.measures(positions)
    droppedCount = reader.droppedCount
    groups = reader.clusterNames.enumerated().compactMap { number, name in
      let own = rows.positions(group: number)
      return own.isEmpty ? nil : (name, rows.measures(own))
    }
  }
}
