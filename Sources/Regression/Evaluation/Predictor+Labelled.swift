import EspalierFiles
import EspalierProximalPoint
import EspalierTables

extension Predictor {
  /// Reads rows with their targets, in order, and the groups by a column's texts.
  ///
  /// - Parameters:
  ///   - target: The target column; `nil` for that of the model.
  ///   - weights: A column of weights.
  ///   - group: A column whose texts name groups, numbered in order of appearance; of a LIBSVM file the index of a
  ///     feature whose values do.
  /// - Throws: `EspalierError` if a column or feature is missing, the file has the other format, or a target or weights
  ///   are named of a LIBSVM file.
  package func labelledRows(
    of file: DataFile, target: String? = nil, weights: String? = nil, group: String? = nil, missing: MissingValues,
    unknown: UnknownLevels
  ) throws(EspalierError) -> any RowReader {
    switch file {
    case .table(let table):
      guard let target = target ?? model.target else {
        throw EspalierError(.argument, table.input.subject, "has no known target", remedy: "name it by --target")
      }
      let labels = TableSource.Target(column: target, coding: model.targetCoding)
      switch model.input {
      case .table(let columns):
        let source = try TableSource(
          table, columns: columns, target: labels, offset: model.offset, exposure: model.exposure, weights: weights,
          missing: missing, unknown: unknown, isSparse: columns.count * 4 < model.featureNames.count)
        let grouped = if let group { try source.clustered(by: group) } else { source }
        return try grouped.reader()
      case .design(let design):
        return try design.source(
          table, target: labels, offset: model.offset, exposure: model.exposure, weights: weights, cluster: group,
          missing: missing, unknown: unknown
        ).reader()
      case .sparse: return try rows(of: file, missing: missing, unknown: unknown)
      }
    case .sparse(let text):
      guard case .sparse(let first, let count) = model.input else {
        return try rows(of: file, missing: missing, unknown: unknown)
      }
      guard target == nil, weights == nil else {
        throw EspalierError(.argument, text.input.subject, "is a LIBSVM file, which has no columns to be named")
      }
      let reader = try SparseTextRowReader(
        text, featureCount: count, firstIndex: first, coding: model.targetCoding, ignoresUnknown: unknown == .zero)
      guard let group else { return reader }
      guard let index = Int(group), first..<first + count ~= index else {
        throw EspalierError(
          .argument, text.input.subject, "has no feature \"\(group)\" to group rows by",
          remedy: "name an index from \(first) to \(first + count - 1), as its rows have no columns")
      }
      return FeatureGroups(of: reader, by: index - first)
    }
  }
}
