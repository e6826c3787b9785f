/// Bytes that can be read from any place and in any order, from several threads at once.
///
/// A file, a part of a file, or memory: readers of formats are written against this protocol once.
package protocol ByteSource: Sendable {
  /// The name in errors: a path, or a path and a place in it.
  var subject: String { get }
  /// How many bytes there are.
  var byteCount: Int { get }
  /// Fills `buffer` with the bytes from `offset` on.
  /// - Throws: `EspalierError` where the source ends before the buffer is full, or cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError)
  /// A new reader of the bytes from `offset` to the end, in order, whose memory does not depend on how many there are.
  func reader(from offset: Int) throws(EspalierError) -> ByteReader
}

extension ByteSource {
  /// The `count` bytes from `offset` on. Nothing is allocated for bytes the source does not have.
  package func read(at offset: Int, count: Int) throws(EspalierError) -> [UInt8] {
    try checkRange(at: offset, count: count)
    return try [UInt8](count: count) { buffer throws(EspalierError) in try read(into: buffer, at: offset) }
  }

  /// Reads by position, one piece after another.
  package func reader(from offset: Int) throws(EspalierError) -> ByteReader {
    ByteReader(self, from: offset)
  }

  /// Throws unless `count` bytes from `offset` on are there.
  package func checkRange(at offset: Int, count: Int) throws(EspalierError) {
    guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
      throw EspalierError(
        .file, subject, "is truncated: \(count) bytes are needed at byte \(offset), and it has \(byteCount) in all")
    }
  }
}
