import EspalierFiles

/// A file of delimited fields, and its format.
package struct DelimitedFile: Sendable {
  /// The source of the bytes.
  package let input: RepeatableInput
  /// The field separator.
  package let delimiter: Character
  /// The mark of comments; `nil` for none.
  package let comment: Character?
  /// The notation of the values.
  package let notation: FieldNotation
  /// The names of the columns: those of the first record, or `column1`, `column2`, ... without a header.
  package let header: [String]
  /// Whether the first record names the columns.
  package let hasHeader: Bool
  /// Sentences about what was recognised in the file and not said by the caller.
  package let remarks: [String]

  /// Reads the header of `input`.
  /// - Throws: `EspalierError` if there is none, or two columns have the same name.
  package init(
    _ input: RepeatableInput, delimiter: Character = ",", hasHeader: Bool = true, comment: Character? = nil,
    notation: FieldNotation = FieldNotation(), remarks: [String] = []
  ) throws(EspalierError) {
    self.input = input
    self.delimiter = delimiter
    self.comment = comment
    self.notation = notation
    self.hasHeader = hasHeader
    self.remarks = remarks
    let reader = try DelimitedReader(input.reader(), delimiter: delimiter, comment: comment)
    guard try reader.next() else { throw EspalierError(.file, input.subject, "is empty") }
    var names: [String] = []
    for field in 0..<reader.fieldCount {
      let name = hasHeader ? reader.text(field) : ""
      names.append(name.isEmpty ? "column\(field + 1)" : name)
    }
    header = names
    var seen: Set<String> = []
    if let twice = names.first(where: { !seen.insert($0).inserted }) {
      throw EspalierError(.file, "\(input.subject), line \(reader.line)", "has two columns named \"\(twice)\"")
    }
  }

  /// The position of a column given by name or, if no column has that name, by its number from 1.
  /// - Throws: `EspalierError` if there is no such column.
  package func position(of column: String) throws(EspalierError) -> Int {
    if let position = header.firstIndex(of: column) { return position }
    if let number = Int(column), header.indices.contains(number - 1) { return number - 1 }
    let names = header.prefix(20).map(ColumnList.quoted).joined(separator: ", ") + (header.count > 20 ? ", ..." : "")
    throw EspalierError(.argument, input.subject, "has no column \"\(column)\"", remedy: "its columns are \(names)")
  }

  /// A reader at the first record of data.
  func records() throws(EspalierError) -> DelimitedReader {
    let reader = try DelimitedReader(input.reader(), delimiter: delimiter, comment: comment)
    if hasHeader { _ = try reader.next() }
    return reader
  }
}

extension DelimitedReader {
  /// Advances to the next record, which must have `count` fields; false after the last.
  func next(ofFields count: Int) throws(EspalierError) -> Bool {
    guard try next() else { return false }
    guard fieldCount == count else {
      throw EspalierError(
        .file, "\(subject), line \(line)", "has \(fieldCount) fields, and the first line has \(count)",
        remedy: fieldCount == count + 1 ? "if its first field is a row's name, give that column a name" : nil)
    }
    return true
  }
}
