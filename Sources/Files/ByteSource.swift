/// Bytes that can be read from any place and in any order, from several threads at once.
///
/// A file, a part of a file, or memory: readers of formats are written against this protocol once.
public protocol ByteSource: Sendable {
  /// What an error names: a path, or a path and a place in it.
  var subject: String { get }
  /// How many bytes there are.
  var byteCount: Int { get }
  /// Fills `buffer` with the bytes from `offset` on.
  /// - Throws: `EspalierError` where the source ends before the buffer is full, or cannot be read.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError)
  /// A new reader of the bytes from `offset` to the end, in order, whose memory does not depend on how many there are.
  func reader(from offset: Int) throws(EspalierError) -> any ByteReader
}

/// Bytes that can be read once, in order.
public protocol ByteReader: AnyObject {
  /// What an error names.
  var subject: String { get }
  /// Fills `buffer` with the next bytes and says how many they are: fewer than fit only at the end, 0 after it.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) -> Int
  /// Passes over the next `count` bytes.
  /// - Throws: `EspalierError` where the bytes end first.
  func skip(_ count: Int) throws(EspalierError)
}

extension ByteSource {
  /// The `count` bytes from `offset` on. Nothing is allocated for bytes the source does not have.
  public func read(at offset: Int, count: Int) throws(EspalierError) -> [UInt8] {
    try checkRange(at: offset, count: count)
    return try [UInt8](count: count) { buffer throws(EspalierError) in try read(into: buffer, at: offset) }
  }

  /// Reads by position, one piece after another.
  public func reader(from offset: Int) throws(EspalierError) -> any ByteReader {
    PositionedReader(self, at: offset)
  }

  /// Throws unless `count` bytes from `offset` on are there.
  package func checkRange(at offset: Int, count: Int) throws(EspalierError) {
    guard offset >= 0, count >= 0, offset <= byteCount, count <= byteCount - offset else {
      throw EspalierError(
        .file, subject, "is truncated: \(count) bytes are needed at byte \(offset), and it has \(byteCount) in all")
    }
  }
}

extension ByteReader {
  /// Reads the bytes and drops them, a piece at a time.
  public func skip(_ count: Int) throws(EspalierError) {
    var left = count
    while left > 0 { left -= try readExactly(count: min(left, 1 << 20)).count }
  }

  /// Fills the whole of `buffer`.
  /// - Throws: `EspalierError` where the bytes end first.
  public func readExactly(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) {
    let count = try read(into: buffer)
    guard count == buffer.count else {
      throw EspalierError(.file, subject, "is truncated: it ends \(buffer.count - count) bytes early")
    }
  }

  /// The next `count` bytes, gathered piece by piece, so that a false claim of many bytes costs no memory.
  public func readExactly(count: Int) throws(EspalierError) -> [UInt8] {
    let piece = 1 << 22
    if count <= piece {
      return try [UInt8](count: count) { buffer throws(EspalierError) in try readExactly(into: buffer) }
    }
    var bytes: [UInt8] = []
    while bytes.count < count {
      bytes += try readExactly(count: min(piece, count - bytes.count))
    }
    return bytes
  }

  /// Throws unless everything has been read; for compressed bytes this also checks the checksum that follows them.
  public func expectEnd() throws(EspalierError) {
    var byte: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &byte) { buffer throws(EspalierError) in try read(into: buffer) }
    guard count == 0 else { throw EspalierError(.file, subject, "has more bytes than its header says") }
  }
}

/// Reads a source from front to back, by position.
final class PositionedReader<Source: ByteSource>: ByteReader {
  private let source: Source
  private var position: Int

  init(_ source: Source, at position: Int) {
    self.source = source
    self.position = position
  }

  var subject: String { source.subject }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) -> Int {
    let count = max(0, min(buffer.count, source.byteCount - position))
    guard count > 0 else { return 0 }
    try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: position)
    position += count
    return count
  }

  func skip(_ count: Int) throws(EspalierError) {
    try source.checkRange(at: position, count: count)
    position += count
  }
}
