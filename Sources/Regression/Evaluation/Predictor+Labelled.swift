import EspalierFiles
import EspalierProximalPoint
import EspalierTables

extension Predictor {
  /// Reads rows with their targets, in order, and the groups by a column's texts.
  ///
  /// - Parameters:
  ///   - target: The target column; `nil` for that of the model.
  ///   - weights: A column of weights.
  ///   - group: A column whose texts name groups, numbered in order of appearance.
  /// - Throws: `EspalierError` if a column is missing, the file has the other format, or groups or weights are asked for
  ///   of a LIBSVM file.
  package func labelledRows(
    of file: DataFile, target: String? = nil, weights: String? = nil, group: String? = nil, missing: MissingValues,
    unknown: UnknownLevels
  ) throws(EspalierError) -> any RowReader {
    switch file {
    case .table(let table):
      guard case .table(let columns) = model.input else {
        return try rows(of: file, missing: missing, unknown: unknown)
      }
      guard let target = target ?? model.target else {
        throw EspalierError(.argument, table.input.subject, "has no known target", remedy: "name it by --target")
      }
      let source = try TableSource(
        table, columns: columns, target: TableSource.Target(column: target, coding: targetCoding),
        offset: model.offset, exposure: model.exposure, weights: weights, missing: missing, unknown: unknown,
        isSparse: columns.count * 4 < model.featureNames.count)
      let grouped = if let group { try source.clustered(by: group) } else { source }
      return try grouped.reader()
    case .sparse(let text):
      guard case .sparse(let first, let count) = model.input else {
        return try rows(of: file, missing: missing, unknown: unknown)
      }
      guard target == nil, weights == nil, group == nil else {
        throw EspalierError(.argument, text.input.subject, "is a LIBSVM file, which has no columns to be named")
      }
      return try SparseTextRowReader(
        text, featureCount: count, firstIndex: first, coding: targetCoding, ignoresUnknown: unknown == .zero)
    }
  }

  /// The conversion of target values that makes the numbers the model was fitted to.
  private var targetCoding: TargetCoding {
    let classes = model.classes ?? []
    switch model.family.targetKind {
    case .number: return .number
    case .classes: return .classes(classes)
    case .binary:
      guard classes != ["0", "1"] else { return .number }
      let numbers = classes.compactMap(Double.init)
      return numbers.count == 2 ? .twoNumbers(numbers[0], numbers[1]) : .classes(classes)
    }
  }
}
