import EspalierFiles
import SwiftProtobuf

import struct Foundation.Data

/// A message in protobuf's wire format, taken apart field by field.
///
/// The parsed form of a message is up to 200 times the size of its bytes, so a model is never parsed as a whole: lists
/// of nodes, initializers and attributes are taken apart, and each element is parsed, decoded and freed by itself.
/// Source: https://protobuf.dev/programming-guides/encoding.
struct WireMessage {
  /// A field that contains a message.
  struct Part {
    /// The number of the field.
    let number: Int
    /// The message.
    let message: WireMessage
  }

  private let bytes: [UInt8]
  private let range: Range<Int>
  /// The expected contents of the file, for errors: `an ONNX model`.
  private let kind: String

  /// The message that fills a file, which is expected to be `kind`.
  ///
  /// - Throws: `EspalierError` if the file is empty, too large, or plainly something else.
  init(file bytes: [UInt8], kind: String) throws(EspalierError) {
    guard !bytes.isEmpty else { throw EspalierError(.file, "file", "is empty", remedy: "get it again") }
    guard bytes.count <= largestMessage else {
      throw EspalierError(.file, "file", "is larger than 2 GiB", remedy: "save the model with external data")
    }
    guard !bytes.starts(with: "version https://git-lfs".utf8) else {
      throw EspalierError(
        .file, "file", "is a placeholder of Git LFS, not \(kind)", remedy: "fetch it with git lfs pull")
    }
    self.init(bytes, bytes.indices, kind)
  }

  /// An encoded message; it may be empty.
  init(encoded bytes: [UInt8]) { self.init(bytes, bytes.indices, "a message") }

  private init(_ bytes: [UInt8], _ range: Range<Int>, _ kind: String) {
    (self.bytes, self.range, self.kind) = (bytes, range, kind)
  }

  /// Parses the message.
  ///
  /// - Parameter omitted: The numbers of fields to leave out, where they contain messages.
  /// - Throws: `EspalierError` if the bytes are damaged.
  func parse<Proto: Message>(without omitted: Set<Int> = []) throws(EspalierError) -> Proto {
    guard !omitted.isEmpty else { return try parse(range) }
    var rest: [UInt8] = []
    var start = range.lowerBound
    try forEachField { number, whole, contents throws(EspalierError) in
      guard contents != nil, omitted.contains(number) else { return }
      rest += bytes[start..<whole.lowerBound]
      start = whole.upperBound
    }
    rest += bytes[start..<range.upperBound]
    return try WireMessage(rest, rest.indices, kind).parse(rest.indices)
  }

  /// Passes the fields with these numbers that contain messages to `body`, in their order in the file.
  ///
  /// - Throws: `EspalierError` if the bytes are damaged, and what `body` throws.
  func forEach(_ numbers: Set<Int>, _ body: (Part) throws(EspalierError) -> Void) throws(EspalierError) {
    try forEachField { number, _, contents throws(EspalierError) in
      guard let contents, numbers.contains(number) else { return }
      try body(Part(number: number, message: WireMessage(bytes, contents, kind)))
    }
  }

  /// The bytes of the fields up to `number`, and those of the fields behind it, of a message whose fields are in order.
  ///
  /// - Throws: `EspalierError` if the bytes are damaged.
  func split(behind number: Int) throws(EspalierError) -> (head: [UInt8], tail: [UInt8]) {
    var place = range.upperBound
    try forEachField { other, whole, _ throws(EspalierError) in
      if other > number { place = min(place, whole.lowerBound) }
    }
    return (Array(bytes[range.lowerBound..<place]), Array(bytes[place..<range.upperBound]))
  }

  /// The fields with these numbers that contain messages.
  func parts(_ numbers: Set<Int>) throws(EspalierError) -> [Part] {
    var parts: [Part] = []
    try forEach(numbers) { part throws(EspalierError) in parts.append(part) }
    return parts
  }

  /// Passes to `body` the number and the range of each field, and the range of its contents if they may be a message.
  private func forEachField(
    _ body: (_ number: Int, _ whole: Range<Int>, _ contents: Range<Int>?) throws(EspalierError) -> Void
  ) throws(EspalierError) {
    var position = range.lowerBound
    while position < range.upperBound {
      let start = position
      let tag = try integer(&position)
      var contents: Range<Int>?
      switch tag & 7 {
      case 0: _ = try integer(&position)
      case 1: try advance(&position, by: 8)
      case 2:
        let count = try integer(&position)
        guard count <= UInt64(range.upperBound - position) else { throw truncated }
        contents = position..<position + Int(count)
        position += Int(count)
      case 5: try advance(&position, by: 4)
      default: throw damaged
      }
      try body(Int(truncatingIfNeeded: tag >> 3), start..<position, contents)
    }
  }

  private func advance(_ position: inout Int, by count: Int) throws(EspalierError) {
    guard count <= range.upperBound - position else { throw truncated }
    position += count
  }

  /// The integer at `position`, seven bits a byte, least significant first.
  private func integer(_ position: inout Int) throws(EspalierError) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), through: 63, by: 7) {
      guard position < range.upperBound else { throw truncated }
      let byte = bytes[position]
      position += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw damaged
  }

  private func parse<Proto: Message>(_ range: Range<Int>) throws(EspalierError) -> Proto {
    let outcome = bytes.withUnsafeBytes { buffer -> Result<Proto, any Error> in
      guard let start = buffer.baseAddress else { return .success(Proto()) }
      // The parser copies what it keeps, so the bytes need not outlive this call.
      let contents = Data(
        bytesNoCopy: UnsafeMutableRawPointer(mutating: start + range.lowerBound), count: range.count,
        deallocator: .none)
      return Result { try Proto(serializedBytes: contents) }
    }
    do {
      return try outcome.get()
    } catch BinaryDecodingError.truncated {
      throw truncated
    } catch BinaryDecodingError.messageDepthLimit {
      throw tooDeep
    } catch BinaryDecodingError.invalidUTF8 {
      throw EspalierError(
        .file, "file", "is damaged, or is not \(kind): a name is not UTF-8", remedy: "get it again")
    } catch {
      throw damaged
    }
  }

  /// The error for a message that ends before its fields do.
  private var truncated: EspalierError {
    EspalierError(.file, "file", "ends too early, or is not \(kind)", remedy: "get the whole file")
  }

  /// The error for bytes that are not fields.
  private var damaged: EspalierError {
    EspalierError(.file, "file", "is damaged, or is not \(kind)", remedy: "get it again")
  }
}
