import EspalierFiles
import EspalierTables

/// What a model says of rows.
package struct Predictor: Sendable {
  /// The model.
  package let model: FittedModel
  private let predictors: [LinearPredictor]

  /// The predictor of a model.
  /// - Throws: `EspalierError` where a coefficient is not there.
  package init(_ model: FittedModel) throws(EspalierError) {
    self.model = model
    predictors = try model.predictors()
  }

  /// Reads a table's or a LIBSVM file's rows for the model, in order.
  ///
  /// - Throws: `EspalierError` where a column that the model needs is not there, or the file is of the other format.
  package func rows(
    of file: DataFile, missing: MissingValues, unknown: UnknownLevels
  ) throws(EspalierError) -> any RowReader {
    switch (file, model.input) {
    case (.table(let file), .table(let columns)):
      return try TableSource(
        file, columns: columns, offset: model.offset, exposure: model.exposure, missing: missing, unknown: unknown,
        isSparse: columns.count * 4 < predictors[0].coefficients.count
      ).reader()
    case (.sparse(let file), .sparse(let first, let count)):
      return try SparseTextRowReader(
        file, featureCount: count, firstIndex: first, coding: nil, ignoresUnknown: unknown == .zero)
    case (.table(let file), .sparse):
      throw EspalierError(.data, file.input.subject, "is a table, and the model reads LIBSVM files")
    case (.sparse(let file), .table):
      throw EspalierError(.data, file.input.subject, "is a LIBSVM file, and the model reads tables")
    }
  }

  /// The linear predictors `<a_i, x> + intercept + offset_i` of a row: one, or one for each class.
  private func linear(_ rows: Rows, _ row: Int) -> [Double] {
    predictors.map { predictor in
      var g = predictor.intercept
      if !rows.offsets.isEmpty { g += rows.offsets[row] }
      rows.forEachFeature(of: row) { g += predictor.coefficients[$0] * $1 }
      return g
    }
  }

  /// What the model says of each row.
  package func predictions(_ rows: Rows) -> [Prediction] {
    (0..<rows.count).map { Prediction(linear(rows, $0), model) }
  }
}
