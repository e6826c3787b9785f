import EspalierFiles

/// An encoded protobuf message in pieces, so that large fields are not copied into it.
///
/// Source: https://protobuf.dev/programming-guides/encoding.
struct MessagePieces {
  /// The number of bytes.
  private(set) var byteCount = 0
  private var complete: [ByteStorage] = []
  /// The bytes behind them.
  private var last: [UInt8] = []

  /// Fields below this size are copied: a piece of its own costs a call of the system when it is written.
  private static let copiedBelow = 1 << 16

  /// A message of these fields.
  init(_ fields: [UInt8] = []) { append(fields) }

  /// All pieces, in order.
  var pieces: [ByteStorage] { last.isEmpty ? complete : complete + [.memory(last)] }

  /// Appends encoded fields.
  mutating func append(_ fields: [UInt8]) {
    last += fields
    byteCount += fields.count
  }

  /// Appends the fields of another message.
  mutating func append(_ fields: MessagePieces) {
    for piece in fields.pieces { append(piece) }
  }

  /// Appends a field that contains bytes.
  mutating func append(_ bytes: ByteStorage, asField number: Int) {
    appendHead(ofField: number, count: bytes.count)
    append(bytes)
  }

  /// Appends a field that contains a message.
  mutating func append(_ message: MessagePieces, asField number: Int) {
    appendHead(ofField: number, count: message.byteCount)
    append(message)
  }

  private mutating func append(_ piece: ByteStorage) {
    guard piece.count >= Self.copiedBelow else { return append(piece.bytes) }
    if !last.isEmpty { complete.append(.memory(last)) }
    last = []
    complete.append(piece)
    byteCount += piece.count
  }

  /// Appends the tag and the length of a field of `count` bytes.
  private mutating func appendHead(ofField number: Int, count: Int) {
    let ofBytes = 2
    append(Self.integer(number << 3 | ofBytes) + Self.integer(count))
  }

  /// An integer, seven bits a byte, least significant first.
  private static func integer(_ value: Int) -> [UInt8] {
    var (bytes, rest) = ([UInt8](), UInt64(value))
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
