import EspalierFiles

/// A file of sparse rows in the format of LIBSVM and SVMlight: `label index:value index:value ... # comment`.
///
/// The indices of a line increase; `qid:` is skipped. Unless the first index is given, it is inferred: indices begin at
/// 0 if an index 0 occurs, otherwise at 1.
package struct SparseTextFile: Sendable {
  /// More features than this are rejected as a mistake, because each needs a coefficient in memory.
  package static let mostFeatures = 1 << 26
  /// The source of the bytes.
  package let input: RepeatableInput
  /// The index of the first feature, 0 or 1; `nil` to infer it.
  package let firstIndex: Int?

  /// A file that has not been read yet.
  package init(_ input: RepeatableInput, firstIndex: Int? = nil) {
    self.input = input
    self.firstIndex = firstIndex
  }
}

/// Reads sparse rows one by one.
final class SparseTextReader {
  private let window: ReadWindow
  /// The name in errors.
  var subject: String { window.subject }
  /// The line of the current row, from 1.
  private(set) var line = 0
  /// The label of the current row.
  private(set) var label = 0.0
  /// The indices of the current row, as written.
  private(set) var indices: [Int] = []
  /// The values of the current row.
  private(set) var values: [Double] = []

  init(_ input: RepeatableInput) throws(EspalierError) {
    window = try ReadWindow(input.reader())
  }

  /// Advances to the next row; false after the last.
  /// - Throws: `EspalierError` with the line if it is malformed.
  func next() throws(EspalierError) -> Bool {
    while let text = try nextLine() {
      var tokens = Tokens(text)
      guard let first = tokens.next() else { continue }
      guard let label = DecimalNumber.parse(first) else { throw fault(first, "is not a label, which is one number") }
      self.label = label
      indices.removeAll(keepingCapacity: true)
      values.removeAll(keepingCapacity: true)
      while let token = tokens.next() { try read(token) }
      return true
    }
    return false
  }

  private func read(_ token: UnsafeBufferPointer<UInt8>) throws(EspalierError) {
    guard let colon = token.firstIndex(of: UInt8(ascii: ":")) else { throw fault(token, "is not index:value") }
    let key = UnsafeBufferPointer(rebasing: token[..<colon])
    guard !key.elementsEqual("qid".utf8) else { return }
    guard let index = DecimalNumber.integer(key), index >= 0,
      let value = DecimalNumber.parse(UnsafeBufferPointer(rebasing: token[(colon + 1)...]))
    else { throw fault(token, "is not index:value") }
    guard index <= SparseTextFile.mostFeatures else {
      throw fault(token, "has an index above \(SparseTextFile.mostFeatures)")
    }
    guard index > indices.last ?? -1 else { throw fault(token, "has an index that is not above the one before") }
    indices.append(index)
    values.append(value)
  }

  /// The next line without its comment; `nil` after the last.
  private func nextLine() throws(EspalierError) -> UnsafeBufferPointer<UInt8>? {
    line += 1
    while true {
      let rest = UnsafeBufferPointer(rebasing: window.bytes[window.position..<window.end])
      if let lineBreak = rest.firstIndex(of: UInt8(ascii: "\n")) {
        window.position += lineBreak + 1
        return withoutComment(rest[..<lineBreak])
      }
      guard !window.isAtEnd else {
        window.position = window.end
        return rest.isEmpty ? nil : withoutComment(rest[...])
      }
      try window.refill(line: line)
    }
  }

  private func withoutComment(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: text.prefix { $0 != UInt8(ascii: "#") })
  }

  private func fault(_ token: UnsafeBufferPointer<UInt8>, _ fault: String) -> EspalierError {
    EspalierError(
      .file, "\(window.subject), line \(line)", "\"\(String(decoding: token.prefix(40), as: UTF8.self))\" \(fault)")
  }
}

/// The tokens of a line, separated by blanks.
private struct Tokens {
  private let text: UnsafeBufferPointer<UInt8>
  private var place = 0

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
  }

  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    while place < text.count, text[place] <= UInt8(ascii: " ") { place += 1 }
    let start = place
    while place < text.count, text[place] > UInt8(ascii: " ") { place += 1 }
    return start < place ? UnsafeBufferPointer(rebasing: text[start..<place]) : nil
  }
}
