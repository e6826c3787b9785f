import EspalierFiles

/// A file of sparse rows as LIBSVM and SVMlight write them: `label index:value index:value ... # comment`.
///
/// Indices of a line increase; `qid:` is passed over. Whether the first feature is 0 or 1 is seen from the file unless it is
/// said: where an index 0 occurs, indices begin at 0.
package struct SparseTextFile: Sendable {
  /// More features than this are taken for a mistake, because every one of them needs a coefficient in memory.
  package static let mostFeatures = 1 << 26
  /// Where the bytes come from.
  package let input: RepeatableInput
  /// The index of the first feature, 0 or 1; `nil` to see it from the file.
  package let firstIndex: Int?

  /// A file that is yet to be read.
  package init(_ input: RepeatableInput, firstIndex: Int? = nil) {
    self.input = input
    self.firstIndex = firstIndex
  }
}

/// Reads sparse rows one by one.
final class SparseTextReader {
  private let window: ReadWindow
  /// What an error names.
  var subject: String { window.subject }
  /// The line of the present row, from 1.
  private(set) var line = 0
  /// The label of the present row.
  private(set) var label = 0.0
  /// The indices of the present row, as they are written.
  private(set) var indices: [Int] = []
  /// The values of the present row.
  private(set) var values: [Double] = []

  init(_ input: RepeatableInput) throws(EspalierError) {
    window = try ReadWindow(input.reader())
  }

  /// Goes to the next row; whether there is one.
  /// - Throws: `EspalierError` with the line where something is not as it should be.
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

  /// The next line without its comment, or `nil` after the last.
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

/// The words of a line, between blanks.
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
