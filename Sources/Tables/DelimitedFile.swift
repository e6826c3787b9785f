import EspalierFiles

/// A file of delimited fields, and its format.
package struct DelimitedFile: Sendable {
  /// The source of the bytes.
  package let input: RepeatableInput
  /// The field separator.
  package let delimiter: Character
  /// The names of the columns: those of the first record, or `column1`, `column2`, ... without a header.
  package let header: [String]
  /// Whether the first record names the columns.
  package let hasHeader: Bool

  /// Reads the header of `input`.
  /// - Throws: `EspalierError` if there is none, or two columns have the same name.
  package init(_ input: RepeatableInput, delimiter: Character = ",", hasHeader: Bool = true) throws(EspalierError) {
    self.input = input
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    let reader = try DelimitedReader(input.reader(), delimiter: delimiter)
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
    let names = header.prefix(20).joined(separator: ", ") + (header.count > 20 ? ", ..." : "")
    throw EspalierError(.argument, input.subject, "has no column \"\(column)\"", remedy: "its columns are \(names)")
  }

  /// A reader at the first record of data.
  func records() throws(EspalierError) -> DelimitedReader {
    let reader = try DelimitedReader(input.reader(), delimiter: delimiter)
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
        .file, "\(subject), line \(line)", "has \(fieldCount) fields, and the first line has \(count)")
    }
    return true
  }
}
