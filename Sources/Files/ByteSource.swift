/// Bytes with random access from several threads at once.
///
/// A file, a region of a file, or memory: readers of file formats are written against this protocol.
package protocol ByteSource: Sendable {
  /// The name in errors: a path, or a path and a place in it.
  var subject: String { get }
  /// The number of bytes.
  var byteCount: Int { get }
  /// Fills `buffer` with the bytes from `offset` on.
  /// - Throws: `EspalierError` if the source ends before the buffer is full, or cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError)
  /// A new reader of the bytes from `offset` to the end, in order, in bounded memory.
  func reader(from offset: Int) throws(EspalierError) -> ByteReader
}

extension ByteSource {
  /// The `count` bytes from `offset` on. Nothing is allocated if the source is too short.
  package func read(at offset: Int, count: Int) throws(EspalierError) -> [UInt8] {
    try checkRange(at: offset, count: count)
    return try [UInt8](count: count) { buffer throws(EspalierError) in try read(into: buffer, at: offset) }
  }

  /// Reads by position, piece by piece.
  package func reader(from offset: Int) throws(EspalierError) -> ByteReader {
    ByteReader(self, from: offset)
  }

  /// Throws `EspalierError` unless there are `count` bytes from `offset` on.
  package func checkRange(at offset: Int, count: Int) throws(EspalierError) {
    guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
      throw EspalierError(
        .file, subject, "is truncated: \(count) bytes are needed at byte \(offset), and it has \(byteCount) in all")
    }
  }
}
