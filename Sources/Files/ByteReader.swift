import SystemPackage

/// Bytes that are read once, in order: of a file, a named pipe or standard input, of a source, or decompressed from
/// either.
///
/// Memory does not depend on how many bytes there are.
package final class ByteReader {
  /// Where the bytes come from.
  private enum Origin {
    /// A descriptor, which is closed with the reader unless it is that of standard input.
    case descriptor(FileDescriptor)
    /// A source, from this position on.
    case source(any ByteSource, position: Int)
    /// Compressed bytes of another reader.
    case compressed(Inflater)
  }

  /// The path, or place in a file, that errors name.
  package let subject: String
  private var origin: Origin
  /// Bytes that were looked at and not yet read.
  private var ahead: ArraySlice<UInt8> = []

  private init(_ origin: Origin, subject: String) {
    self.origin = origin
    self.subject = subject
  }

  /// Opens the file at `path`; `-` is standard input.
  /// - Throws: `EspalierError` where there is no such file, or it is a directory or not permitted to be read.
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

  /// Decompresses what `reader` still has, which is nothing but bytes of this `format`.
  ///
  /// Checksums of gzip members are checked as their ends are reached; whoever must know that the whole file is sound
  /// reads to the end (``expectEnd()``).
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

  /// The bytes of this reader, decompressed if they begin as gzip does.
  package func decompressed() throws(EspalierError) -> ByteReader {
    let head = try [UInt8](upTo: 2) { buffer throws(EspalierError) in try read(into: buffer) }
    ahead = head[...]
    return head == Gzip.signature ? ByteReader(inflating: self, format: .gzip) : self
  }

  /// Fills `buffer` with the next bytes and says how many they are: fewer than fit only at the end, 0 after it.
  /// - Throws: `EspalierError` where the bytes cannot be read; compressed ones where they end early, are corrupt, or fail
  ///   their checksum.
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

  /// Passes over the next `count` bytes; in a source, without reading them.
  /// - Throws: `EspalierError` where the bytes end first.
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
  /// - Throws: `EspalierError` where the bytes end first.
  package func readExactly(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) {
    let count = try read(into: buffer)
    guard count == buffer.count else {
      throw EspalierError(.file, subject, "is truncated: it ends \(buffer.count - count) bytes early")
    }
  }

  /// The next `count` bytes, gathered piece by piece, so that a false claim of many bytes costs no memory.
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
  /// - Throws: `EspalierError` also where they are more than `limit`.
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

  /// Throws unless everything has been read; for compressed bytes this also checks the checksum that follows them.
  package func expectEnd() throws(EspalierError) {
    var byte: UInt8 = 0
    let count = try withUnsafeMutableBytes(of: &byte) { buffer throws(EspalierError) in try read(into: buffer) }
    guard count == 0 else { throw EspalierError(.file, subject, "has more bytes than its header says") }
  }
}
