import Files
import Tables

/// What a model says of rows.
public struct Predictor: Sendable {
  /// The model.
  public let model: FittedModel
  private let weights: [Double]

  /// The predictor of a model.
  public init(_ model: FittedModel) {
    self.model = model
    weights = model.featureNames.map { model.coefficients[$0] ?? 0 }
  }

  /// Reads a table's or a LIBSVM file's rows for the model, in order.
  ///
  /// - Throws: `DataError` where a column that the model needs is not there, or the file is of the other format.
  public func rows(
    of file: DataFile, missing: MissingValues, unknown: UnknownLevels
  ) throws(DataError) -> any RowReader {
    switch (file, model.input) {
    case (.table(let file), .table(let columns)):
      return try TableSource(
        file, columns: columns, offset: model.offset, exposure: model.exposure, missing: missing, unknown: unknown,
        isSparse: columns.count * 4 < weights.count
      ).reader()
    case (.sparse(let file), .sparse(let first, let count)):
      return try SparseTextRowReader(
        file, featureCount: count, firstIndex: first, coding: nil, ignoresUnknown: unknown == .zero)
    case (.table(let file), .sparse):
      throw DataError(file.input.subject, "is a table, and the model reads LIBSVM files")
    case (.sparse(let file), .table):
      throw DataError(file.input.subject, "is a LIBSVM file, and the model reads tables")
    }
  }

  /// The linear predictors `<a_i, x> + intercept + offset_i`.
  public func linear(_ rows: Rows) -> [Double] {
    var result = [Double](repeating: model.intercept, count: rows.count)
    for row in 0..<rows.count {
      if !rows.offsets.isEmpty { result[row] += rows.offsets[row] }
      rows.forEachFeature(of: row) { result[row] += weights[$0] * $1 }
    }
    return result
  }

  /// The means: expected counts or amounts, the probability of the second class. For margins the linear predictor.
  public func means(_ rows: Rows) -> [Double] {
    let loss = model.family.loss
    return linear(rows).map { loss.mean($0) }
  }

  /// The more likely class of each row; `nil` where the model knows no classes.
  public func classes(_ rows: Rows) -> [String]? {
    guard let classes = model.classes, classes.count == 2 else { return nil }
    return linear(rows).map { classes[$0 > 0 ? 1 : 0] }
  }
}
