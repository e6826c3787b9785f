import ArgumentParser
import EspalierFiles
import EspalierTables

/// The format of a table on the command line.
struct TableFormatOptions: ParsableArguments {
  @Option(help: "csv, tsv or libsvm; by default what the name suggests.") var format: DataFile.Format?
  @Option(help: "What separates fields, \\t for a tab; by default what the first lines show.") var delimiter: String?
  @Flag(help: "The first line is data; columns are column1, column2, ...") var noHeader = false
  @Option(help: "Missing values (empty, NA, NaN, NULL): refuse, drop (the row), or mean.")
  var missing = MissingValues.refuse
  @Option(help: "Further marks of missing values, by commas: '?,-,None'.") var missingValues: String?
  @Option(help: "The decimal mark, a point or a comma; by default what the first lines show.")
  var decimal: FieldNotation.DecimalMark?
  @Option(help: "What begins a comment, such as '#'; by default there are none.") var comment: String?

  func validate() throws {
    guard delimiter == nil || delimiter == "\\t" || delimiter?.count == 1 else {
      throw ValidationError("--delimiter takes one character")
    }
    guard comment == nil || comment?.count == 1 else { throw ValidationError("--comment takes one character") }
    guard decimal == nil || decimal?.rawValue != delimiter else {
      throw ValidationError("--decimal and --delimiter are the same character")
    }
  }

  /// Opens the file at `path`.
  func open(_ path: String) throws(EspalierError) -> DataFile {
    var known = TableFormat(
      delimiter: delimiter == "\\t" ? "\t" : delimiter?.first, hasHeader: !noHeader, decimal: decimal,
      comment: comment?.first)
    if let missingValues { known.missingMarks = try ColumnList.parse(missingValues, of: "--missing-values") }
    return try DataFile(path, format: format, table: known)
  }
}

extension DataFile.Format: ExpressibleByArgument {}
extension FieldNotation.DecimalMark: ExpressibleByArgument {}
extension MissingValues: ExpressibleByArgument {}
