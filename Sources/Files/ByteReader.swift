import SystemPackage

/// Bytes read once, in order: from a file, a named pipe, standard input or a source, optionally decompressed.
///
/// Memory does not depend on the number of bytes.
package final class ByteReader {
  /// The origin of the bytes.
  private enum Origin {
    /// A descriptor, closed with the reader unless it is standard input.
    case descriptor(FileDescriptor)
    /// A source, from a position on.
    case source(any ByteSource, position: Int)
    /// Compressed bytes of another reader.
    case compressed(Inflater)
  }

  /// The name in errors: a path, or a path and a place in it.
  package let subject: String
  private var origin: Origin
  /// Bytes peeked at but not yet read.
  private var ahead: ArraySlice<UInt8> = []

  private init(_ origin: Origin, subject: String) {
    self.origin = origin
    self.subject = subject
  }

  /// Opens the file at `path`; `-` is standard input.
  /// - Throws: `EspalierError` if there is no such file, it is a directory, or reading is not permitted.
  package convenience init(_ path: String) throws(EspalierError) {
    guard path != "-" else {
      self.init(.descriptor(.standardInput), subject: "standard input")
      return
    }
    let descriptor: FileDescriptor
    do throws(Errno) {
      descriptor = try FileDescriptor.opening(path, .readOnly)
    } catch {
      throw .cannotOpen(path, error)
    }
    self.init(.descriptor(descriptor), subject: path)
    guard let kind = try? FileStatus(descriptor).kind, kind != .directory else {
      throw EspalierError(.file, path, "is a directory, not a file")
    }
  }

  /// Reads `source` from byte `offset` on.
  package convenience init(_ source: any ByteSource, from offset: Int = 0) {
    self.init(.source(source, position: offset), subject: source.subject)
  }

  /// Decompresses the rest of `reader`, which must be entirely of this `format`.
  ///
  /// Checksums of gzip members are verified at their ends; to verify the whole file, read to the end (``expectEnd()``).
  package convenience init(inflating reader: ByteReader, format: DeflateFormat) {
    self.init(.compressed(Inflater(reader, format: format)), subject: reader.subject)
  }

  /// Decompresses the gzip file at `path`.
  package convenience init(gzip path: String) throws(EspalierError) {
    self.init(inflating: ByteReader(try RandomAccessFile(path)), format: .gzip)
  }

  deinit {
    if case .descriptor(let descriptor) = origin, descriptor != .standardInput { descriptor.closeQuietly() }
  }

  /// This reader, decompressed if its bytes begin with the signature of gzip.
  package func decompressed() throws(EspalierError) -> ByteReader {
    let head = try [UInt8](upTo: 2) { buffer throws(EspalierError) in try read(into: buffer) }
    ahead = head[...]
    return head == Gzip.signature ? ByteReader(inflating: self, format: .gzip) : self
  }

  /// Fills `buffer` with the next bytes and returns their number: less than the buffer's size only at the end, 0 after
  /// it.
  /// - Throws: `EspalierError` if the bytes cannot be read, or compressed bytes are truncated, corrupt, or fail their
  ///   checksum.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) -> Int {
    guard ahead.isEmpty else {
      let count = min(ahead.count, buffer.count)
      buffer.copyBytes(from: ahead.prefix(count))
      ahead = ahead.dropFirst(count)
      guard count < buffer.count else { return count }
      return count + (try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...])))
    }
    switch origin {
    case .descriptor(let descriptor):
      do throws(Errno) {
        return try descriptor.fill(buffer)
      } catch {
        throw EspalierError(.file, subject, "cannot be read: \(error)")
      }
    case .source(let source, let position):
      let count = max(0, min(buffer.count, source.byteCount - position))
      guard count > 0 else { return 0 }
      try source.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: position)
      origin = .source(source, position: position + count)
      return count
    case .compressed(let inflater):
      return try inflater.read(into: buffer)
    }
  }

  /// Skips the next `count` bytes; in a source, without reading them.
  /// - Throws: `EspalierError` if fewer bytes are left.
  package func skip(_ count: Int) throws(EspalierError) {
    if ahead.isEmpty, case .source(let source, let position) = origin {
      try source.checkRange(at: position, count: count)
      origin = .source(source, position: position + count)
      return
    }
    var left = count
    while left > 0 { left -= try readExactly(count: min(left, 1 << 20)).count }
  }
}

extension ByteReader {
  /// Fills the whole of `buffer`.
  /// - Throws: `EspalierError` if fewer bytes are left.
  package func readExactly(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) {
    let count = try read(into: buffer)
    guard count == buffer.count else {
      throw EspalierError(.file, subject, "is truncated: it ends \(buffer.count - count) bytes early")
    }
  }

  /// The next `count` bytes, read piece by piece, so that a false count allocates no memory.
  package func readExactly(count: Int) throws(EspalierError) -> [UInt8] {
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

  /// All bytes that are left.
  /// - Throws: `EspalierError` also if there are more than `limit`.
  func readAll(limit: Int = .max) throws(EspalierError) -> [UInt8] {
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try read(into: piece)
      guard count > 0 else { return bytes }
      guard count <= limit - bytes.count else {
        throw EspalierError(.file, subject, "decompresses to more than the \(limit) bytes there should be")
      }
      bytes += piece[..<count]
    }
  }

  /// Throws `EspalierError` unless everything has been read; for compressed bytes, also verifies the final checksum.
  package func expectEnd() throws(EspalierError) {
    var byte: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &byte) { buffer throws(EspalierError) in try read(into: buffer) }
    guard count == 0 else { throw EspalierError(.file, subject, "has more bytes than its header says") }
  }
}
