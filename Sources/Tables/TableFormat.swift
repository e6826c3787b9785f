import EspalierFiles

/// The format of a table, as far as it is known before reading.
package struct TableFormat: Sendable {
  /// The field separator; `nil` to recognise it.
  package var delimiter: Character?
  /// Whether the first record names the columns.
  package var hasHeader: Bool
  /// The decimal mark; `nil` to recognise it.
  package var decimal: FieldNotation.DecimalMark?
  /// Marks of missing values in addition to the standard ones.
  package var missingMarks: [String]
  /// The mark of comments; `nil` for none.
  package var comment: Character?

  /// A format; all of it has defaults.
  package init(
    delimiter: Character? = nil, hasHeader: Bool = true, decimal: FieldNotation.DecimalMark? = nil,
    missingMarks: [String] = [], comment: Character? = nil
  ) {
    self.delimiter = delimiter
    self.hasHeader = hasHeader
    self.decimal = decimal
    self.missingMarks = missingMarks
    self.comment = comment
  }

  /// The table in `input`, with what is not known recognised from its first records and said in its remarks.
  ///
  /// - Throws: `EspalierError` if the file cannot be read, or has no header.
  package func table(_ input: RepeatableInput) throws(EspalierError) -> DelimitedFile {
    let sniffer = FormatSniffer(input: input, format: self)
    let delimiter = if let known = self.delimiter { known } else { try sniffer.delimiter() }
    let decimal = if let known = self.decimal { known } else { try sniffer.decimal(delimiter: delimiter) }
    var remarks: [String] = []
    if self.delimiter == nil, delimiter != "," {
      remarks.append(
        "\(input.subject): fields are separated by \(delimiter == "\t" ? "tabs" : "\"\(delimiter)\""), as it seems; "
          + "--delimiter says otherwise")
    }
    if self.decimal == nil, decimal == .comma {
      remarks.append(
        "\(input.subject): the decimal mark is a comma (\"1,5\" is 1.5), as it seems; --decimal . says otherwise")
    }
    return try DelimitedFile(
      input, delimiter: delimiter, hasHeader: hasHeader, comment: comment,
      notation: FieldNotation(decimal: decimal, missingMarks: missingMarks), remarks: remarks)
  }
}
