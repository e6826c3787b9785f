import EspalierFiles

/// Reads records of separated values one by one, as RFC 4180 writes them.
///
/// Fields may be quoted, and hold delimiters, line breaks and doubled quotes then. Lines end in LF or CRLF; a byte order
/// mark of UTF-8 is passed over, and so are empty lines. Blanks around fields that are not quoted do not belong to them. A
/// quote inside an unquoted field is a character like any other.
///
/// Memory is that of the longest record. The fields of a record stay until the next one is read.
package final class DelimitedReader {
  /// What an error names: the path of the file.
  package var subject: String { window.subject }
  /// The line on which the present record begins, from 1.
  package private(set) var line = 0
  /// How many fields the present record has.
  package private(set) var fieldCount = 0

  private let window: ReadWindow
  private let delimiter: UInt8
  private var nextLine = 1
  private var fields: [Field] = []

  /// Where a field lies in the buffer.
  private struct Field {
    var start: Int
    var end: Int
    var isQuoted = false
  }

  /// Reads records from `source`, their fields separated by `delimiter`.
  package init(_ source: ByteReader, delimiter: Character = ",") throws(EspalierError) {
    guard let byte = delimiter.asciiValue, !delimiter.isNewline, delimiter != "\"" else {
      throw EspalierError(
        .argument, "delimiter \"\(delimiter)\"", "is not one ASCII character other than a quote or a line break")
    }
    self.delimiter = byte
    window = try ReadWindow(source)
    let bytes = window.bytes[..<window.end]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { window.position = 3 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw EspalierError(.file, subject, "is UTF-16 text", remedy: "save it as UTF-8")
    }
  }

  /// Goes to the next record; whether there is one.
  /// - Throws: `EspalierError` with the line where a quote is not closed or followed by more of the field.
  package func next() throws(EspalierError) -> Bool {
    while true {
      line = nextLine
      let record = try findRecord()
      guard record.hasBytes else { return false }
      nextLine += record.lineBreaks
      window.position = record.next
      if fields.count > 1 || fields[0].isQuoted || fields[0].end > fields[0].start {
        fieldCount = fields.count
        return true
      }
    }
  }

  /// The bytes of a field of the present record, until the next is read.
  package func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    let place = fields[field]
    return UnsafeBufferPointer(rebasing: window.bytes[place.start..<place.end])
  }

  /// A field of the present record as text; what is not UTF-8 in it is repaired.
  package func text(_ field: Int) -> String {
    String(decoding: bytes(field), as: UTF8.self)
  }

  /// What `findRecord` found beside the fields.
  private struct Record {
    var next: Int
    var lineBreaks: Int
    var hasBytes: Bool
  }

  /// Finds the fields of the record that begins at `position`, reading on until all of it is in the buffer.
  private func findRecord() throws(EspalierError) -> Record {
    while true {
      if let record = try scan() { return record }
      try window.refill(line: line)
    }
  }

  /// Finds the fields of the record at `position`, or `nil` where the buffer ends before the record does.
  private func scan() throws(EspalierError) -> Record? {
    fields.removeAll(keepingCapacity: true)
    let (bytes, end) = (window.bytes.baseAddress!, window.end)
    var place = window.position
    var lineBreaks = 0
    while true {
      var field = Field(start: place, end: place)
      if place < end, bytes[place] == UInt8(ascii: "\"") {
        field.isQuoted = true
        guard let close = closingQuote(after: place, &lineBreaks) else {
          guard !window.isAtEnd else {
            throw EspalierError(.file, "\(subject), line \(line)", "opens a quote that is never closed")
          }
          return nil
        }
        field.start = place + 1
        field.end = close
        place = close + 1
        if place < end, bytes[place] == UInt8(ascii: "\r") { place += 1 }
        if place < end, bytes[place] != delimiter, bytes[place] != UInt8(ascii: "\n") {
          throw EspalierError(
            .file, "\(subject), line \(line + lineBreaks)", "has text behind a closing quote",
            remedy: "double quotes inside a quoted field")
        }
      } else {
        while place < end, bytes[place] != delimiter, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        field.end = place
      }
      guard place < end || window.isAtEnd else { return nil }
      if !field.isQuoted { trim(&field) }
      fields.append(field)
      guard place < end else {
        return finish(Record(next: place, lineBreaks: lineBreaks, hasBytes: place > window.position))
      }
      place += 1
      if bytes[place - 1] == UInt8(ascii: "\n") {
        return finish(Record(next: place, lineBreaks: lineBreaks + 1, hasBytes: true))
      }
    }
  }

  /// The place of the quote that closes the field opened at `open`.
  private func closingQuote(after open: Int, _ lineBreaks: inout Int) -> Int? {
    let (bytes, end) = (window.bytes.baseAddress!, window.end)
    var place = open + 1
    while place < end {
      if bytes[place] == UInt8(ascii: "\"") {
        // The next byte decides, so it must be there.
        guard place + 1 < end else { return window.isAtEnd ? place : nil }
        guard bytes[place + 1] == UInt8(ascii: "\"") else { return place }
        place += 1
      } else if bytes[place] == UInt8(ascii: "\n") {
        lineBreaks += 1
      }
      place += 1
    }
    return nil
  }

  /// Takes blanks and the carriage return of CRLF from both ends.
  private func trim(_ field: inout Field) {
    let bytes = window.bytes.baseAddress!
    func isBlank(_ byte: UInt8) -> Bool {
      byte != delimiter && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r"))
    }
    while field.start < field.end, isBlank(bytes[field.start]) { field.start += 1 }
    while field.end > field.start, isBlank(bytes[field.end - 1]) { field.end -= 1 }
  }

  /// Joins doubled quotes, in place, now that the whole record is there.
  private func finish(_ record: Record) -> Record {
    let bytes = window.bytes.baseAddress!
    for (index, field) in fields.enumerated() where field.isQuoted {
      var target = field.start
      var source = field.start
      while source < field.end {
        bytes[target] = bytes[source]
        source += bytes[source] == UInt8(ascii: "\"") ? 2 : 1
        target += 1
      }
      fields[index].end = target
    }
    return record
  }
}
