import EspalierFiles
import EspalierTables
import EspalierTensors

/// All records of `text`, as texts.
func records(_ text: String, delimiter: Character = ",") throws(EspalierError) -> [[String]] {
  try records(Array(text.utf8), delimiter: delimiter)
}

/// All records of `bytes`, as texts.
func records(_ bytes: [UInt8], delimiter: Character = ",") throws(EspalierError) -> [[String]] {
  let reader = try DelimitedReader(
    BytesInMemory(bytes, subject: "table.csv").reader(from: 0), delimiter: delimiter)
  var result: [[String]] = []
  while try reader.next() { result.append((0..<reader.fieldCount).map(reader.text)) }
  return result
}

/// `text` as a table.
func table(_ text: String, delimiter: Character = ",", hasHeader: Bool = true) throws(EspalierError) -> DelimitedFile {
  try DelimitedFile(
    RepeatableInput(Array(text.utf8), subject: "table.csv"), delimiter: delimiter, hasHeader: hasHeader)
}

/// All rows of `text` as numbers.
func rows(
  _ text: String, _ roles: ColumnRoles = ColumnRoles(target: "y"), missing: MissingValues = .refuse,
  intercept: Bool = true
) throws(EspalierError) -> (source: TableSource, rows: Rows) {
  let source = try TableSurvey(table(text), roles: roles, missing: missing).source(intercept: intercept)
  guard let rows = try source.readAll() else { throw EspalierError(.data, "rows", "there are none") }
  return (source, rows)
}

/// `text` as sparse rows.
func sparseSource(
  _ text: String, kind: TargetKind = .number, firstIndex: Int? = nil
) throws(EspalierError) -> SparseTextSource {
  let file = SparseTextFile(RepeatableInput(Array(text.utf8), subject: "rows.svm"), firstIndex: firstIndex)
  return try SparseTextSource(file, targetKind: kind)
}

extension Rows {
  /// Row by row, every value, however they are stored.
  var matrix: [[Double]] {
    switch features {
    case .dense(let values):
      return (0..<count).map { Array(values[$0 * featureCount..<($0 + 1) * featureCount]) }
    case .sparse(let starts, let columns, let values):
      return (0..<count).map { row in
        var result = [Double](repeating: 0, count: featureCount)
        for place in starts[row]..<starts[row + 1] { result[Int(columns[place])] = values[place] }
        return result
      }
    }
  }
}
