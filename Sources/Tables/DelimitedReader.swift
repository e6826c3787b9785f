import EspalierFiles

/// Reads the records of a delimited file one by one (RFC 4180).
///
/// Quoted fields may contain delimiters, line breaks and doubled quotes. Lines end in LF or CRLF; a UTF-8 byte order
/// mark and empty lines are skipped. Blanks around unquoted fields are removed. A quote inside an unquoted field is an
/// ordinary character. If comments are marked, one reaches from its mark, at the beginning of a line or behind a blank
/// in an unquoted field, to the end of the line.
///
/// Memory is that of the longest record. The fields of a record are valid until the next one is read.
package final class DelimitedReader {
  /// The name in errors: the path of the file.
  package var subject: String { window.subject }
  /// The line on which the current record begins, from 1.
  package private(set) var line = 0
  /// The number of fields of the current record.
  package private(set) var fieldCount = 0

  private let window: ReadWindow
  private let delimiter: UInt8
  /// The mark of comments; -1 for none.
  private let comment: Int
  private var nextLine = 1
  private var fields: [Field] = []

  /// The position of a field in the buffer.
  private struct Field {
    var start: Int
    var end: Int
    var isQuoted = false
  }

  /// Reads records from `source`, their fields separated by `delimiter`, without comments, marked by `comment`.
  package init(
    _ source: ByteReader, delimiter: Character = ",", comment: Character? = nil
  ) throws(EspalierError) {
    guard let byte = delimiter.asciiValue, !delimiter.isNewline, delimiter != "\"" else {
      throw EspalierError(
        .argument, "delimiter \"\(delimiter)\"", "is not one ASCII character other than a quote or a line break")
    }
    self.delimiter = byte
    self.comment = comment?.asciiValue.map(Int.init) ?? -1
    if let comment, self.comment < 0 || comment == delimiter || comment == "\"" || comment.isNewline {
      throw EspalierError(
        .argument, "comment mark \"\(comment)\"", "is not one ASCII character other than a quote and the delimiter")
    }
    window = try ReadWindow(source)
    let bytes = window.bytes[..<window.end]
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { window.position = 3 }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw EspalierError(.file, subject, "is UTF-16 text", remedy: "save it as UTF-8")
    }
  }

  /// Advances to the next record; false after the last.
  /// - Throws: `EspalierError` with the line if a quote is not closed, or is followed by more text.
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

  /// The bytes of a field of the current record, valid until the next is read.
  package func bytes(_ field: Int) -> UnsafeBufferPointer<UInt8> {
    let place = fields[field]
    return UnsafeBufferPointer(rebasing: window.bytes[place.start..<place.end])
  }

  /// A field of the current record as text; invalid UTF-8 is repaired.
  package func text(_ field: Int) -> String {
    String(decoding: bytes(field), as: UTF8.self)
  }

  /// A record's extent, besides its fields.
  private struct Record {
    var next: Int
    var lineBreaks: Int
    var hasBytes: Bool
  }

  /// Finds the fields of the record that begins at `position`, reading on until the whole record is in the buffer.
  private func findRecord() throws(EspalierError) -> Record {
    while true {
      if let record = try scan() { return record }
      try window.refill(line: line)
    }
  }

  /// Finds the fields of the record at `position`; `nil` if the buffer ends before the record.
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
        while place < end, bytes[place] != delimiter, bytes[place] != UInt8(ascii: "\n") {
          if Int(bytes[place]) == comment, beginsComment(place, field.start) { break }
          place += 1
        }
        field.end = place
        if place < end, Int(bytes[place]) == comment {
          while place < end, bytes[place] != UInt8(ascii: "\n") { place += 1 }
        }
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

  /// Whether a comment may begin at `place` in a field that begins at `start`.
  private func beginsComment(_ place: Int, _ start: Int) -> Bool {
    guard place > window.position else { return true }
    guard place > start else { return false }
    return [UInt8(ascii: " "), UInt8(ascii: "\t")].contains(window.bytes[place - 1])
  }

  /// The position of the quote that closes the field opened at `open`.
  private func closingQuote(after open: Int, _ lineBreaks: inout Int) -> Int? {
    let (bytes, end) = (window.bytes.baseAddress!, window.end)
    var place = open + 1
    while place < end {
      if bytes[place] == UInt8(ascii: "\"") {
        // The next byte decides, so it must be in the buffer.
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

  /// Trims blanks and the carriage return of CRLF.
  private func trim(_ field: inout Field) {
    let bytes = window.bytes.baseAddress!
    func isBlank(_ byte: UInt8) -> Bool {
      byte != delimiter && (byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r"))
    }
    while field.start < field.end, isBlank(bytes[field.start]) { field.start += 1 }
    while field.end > field.start, isBlank(bytes[field.end - 1]) { field.end -= 1 }
  }

  /// Unescapes doubled quotes in place, once the whole record is in the buffer.
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
