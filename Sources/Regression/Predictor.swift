import EspalierFiles
import EspalierTables

/// The predictions of a model for rows.
package struct Predictor: Sendable {
  /// The model.
  package let model: FittedModel
  private let predictors: [LinearPredictor]

  /// The predictor for a model.
  /// - Throws: `EspalierError` if a coefficient is missing.
  package init(_ model: FittedModel) throws(EspalierError) {
    self.model = model
    predictors = try model.predictors()
  }

  /// Reads the rows of a table or a LIBSVM file for the model, in order.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - missing: The treatment of missing values.
  ///   - unknown: The treatment of levels and features that the model does not know.
  ///   - readsTarget: Whether targets are read, for residuals.
  ///   - weights: The column of weights, for residuals; `nil` for none.
  /// - Throws: `EspalierError` if a column that the model needs is missing, or the file has the other format.
  package func rows(
    of file: DataFile, missing: MissingValues, unknown: UnknownLevels, readsTarget: Bool = false,
    weights: String? = nil
  ) throws(EspalierError) -> any RowReader {
    let target = readsTarget ? model.target.map { TableSource.Target(column: $0, coding: model.targetCoding) } : nil
    switch (file, model.input) {
    case (.table(let file), .table(let columns)):
      return try TableSource(
        file, columns: columns, target: target, offset: model.offset, exposure: model.exposure, weights: weights,
        missing: missing, unknown: unknown,
        isSparse: columns.count * 4 < predictors[0].coefficients.count
      ).reader()
    case (.table(let file), .design(let design)):
      return try design.source(
        file, target: target, offset: model.offset, exposure: model.exposure, weights: weights, missing: missing,
        unknown: unknown
      ).reader()
    case (.sparse(let file), .sparse(let first, let count)):
      return try SparseTextRowReader(
        file, featureCount: count, firstIndex: first, coding: readsTarget ? model.targetCoding : nil,
        ignoresUnknown: unknown == .zero)
    case (.table(let file), .sparse):
      throw EspalierError(.data, file.input.subject, "is a table, and the model reads LIBSVM files")
    case (.sparse(let file), .table), (.sparse(let file), .design):
      throw EspalierError(.data, file.input.subject, "is a LIBSVM file, and the model reads tables")
    }
  }

  /// The linear predictors `<a_i, x> + intercept + offset_i` of a row: one, or one for each class.
  func linear(_ rows: Rows, _ row: Int) -> [Double] {
    predictors.map { predictor in
      var g = predictor.intercept
      if !rows.offsets.isEmpty { g += rows.offsets[row] }
      rows.forEachFeature(of: row) { g += predictor.coefficients[$0] * $1 }
      return g
    }
  }

  /// The prediction for each row.
  package func predictions(_ rows: Rows) -> [Prediction] {
    (0..<rows.count).map { Prediction(linear(rows, $0), model) }
  }
}
