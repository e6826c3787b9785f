import EspalierFiles

/// Recognises the delimiter and the decimal mark of a table from its first records.
struct FormatSniffer {
  let input: RepeatableInput
  let format: TableFormat

  /// The number of records looked at.
  private static let sample = 500

  /// The delimiter: a comma, unless the records have different numbers of fields by commas, or one, and the same
  /// number, two or more, by another.
  func delimiter() throws(EspalierError) -> Character {
    guard try !isRegular(",") else { return "," }
    for candidate: Character in [";", "\t", "|"] where try isRegular(candidate) { return candidate }
    return ","
  }

  private func isRegular(_ delimiter: Character) throws(EspalierError) -> Bool {
    var width: Int?
    do throws(EspalierError) {
      try forEachRecord(delimiter) { record in
        width = width == nil || width == record.fieldCount ? record.fieldCount : 0
      }
    } catch {
      // Quotes that do not close by one delimiter may do so by another; faults of the file itself are reported later.
      return false
    }
    return (width ?? 0) >= 2
  }

  /// The decimal mark: a comma if some values are numbers with a decimal comma alone and none with a point alone. In
  /// files separated by semicolons, `1,234` has a decimal comma too, otherwise it is a thousand.
  func decimal(delimiter: Character) throws(EspalierError) -> FieldNotation.DecimalMark {
    var (points, commas, either) = (0, 0, 0)
    var isFirst = format.hasHeader
    try forEachRecord(delimiter) { record in
      defer { isFirst = false }
      guard !isFirst else { return }
      for field in 0..<record.fieldCount {
        guard record.bytes(field).contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }) else {
          continue
        }
        let text = record.text(field)
        switch (NotatedNumber(text, .point), NotatedNumber(text, .comma)) {
        case (.some, nil): points += 1
        case (nil, .some): commas += 1
        case (.some, .some): if text.contains(",") { either += 1 }
        case (nil, nil): break
        }
      }
    }
    return points == 0 && (commas > 0 || (either > 0 && delimiter == ";")) ? .comma : .point
  }

  private func forEachRecord(
    _ delimiter: Character, _ body: (DelimitedReader) -> Void
  ) throws(EspalierError) {
    let reader = try DelimitedReader(input.reader(), delimiter: delimiter, comment: format.comment)
    var count = 0
    while count < Self.sample, try reader.next() {
      body(reader)
      count += 1
    }
  }
}
