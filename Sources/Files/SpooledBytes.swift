/// The bytes of an input that can be read only once, such as a pipe, kept so that they can be read again: the first in
/// memory, the rest in an unnamed file.
package struct SpooledBytes: ByteSource {
  /// The name in errors.
  package let subject: String
  /// The number of bytes.
  package let byteCount: Int
  private let head: [UInt8]
  // Not written to after the initialiser.
  nonisolated(unsafe) private let rest: TemporaryFile?

  /// The bytes that are left in `reader`, at most `inMemory` of them in memory.
  ///
  /// - Throws: `EspalierError` if they cannot be read, or the disk is full.
  package init(_ reader: ByteReader, inMemory: Int = 64 << 20) throws(EspalierError) {
    subject = reader.subject
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    var head: [UInt8] = []
    var rest: TemporaryFile?
    while true {
      let count = try reader.read(into: piece)
      guard count > 0 else { break }
      let bytes = UnsafeRawBufferPointer(rebasing: piece[..<count])
      let fitting = min(count, inMemory - head.count)
      head += bytes[..<fitting]
      guard fitting < count else { continue }
      if rest == nil { rest = try TemporaryFile() }
      _ = try rest?.append(UnsafeRawBufferPointer(rebasing: bytes[fitting...]))
    }
    self.head = head
    self.rest = rest
    byteCount = head.count + (rest?.byteCount ?? 0)
  }

  /// Copies the bytes from `offset` on.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try checkRange(at: offset, count: buffer.count)
    let first = max(0, min(buffer.count, head.count - offset))
    if first > 0 {
      head.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: buffer[..<first]).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + first]))
      }
    }
    guard first < buffer.count else { return }
    try rest?.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[first...]), at: offset + first - head.count)
  }
}
