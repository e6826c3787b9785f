import Synchronization

/// Whole gzip files.
package enum Gzip {
  /// The first bytes of every gzip file.
  static let signature: [UInt8] = [0x1F, 0x8B]
  /// The maximum compression ratio of deflate: a larger claim is false.
  package static let largestRatio = 1032

  /// Whether the file begins with the signature of gzip.
  package static func isGzip(_ file: RandomAccessFile) throws(EspalierError) -> Bool {
    guard file.byteCount >= 2 else { return false }
    return try file.read(at: 0, count: 2) == signature
  }

  /// The decompressed bytes of the file at `path`; verifies the checksum.
  /// - Throws: `EspalierError` also if there would be more than `limit` bytes.
  package static func inflate(_ path: String, limit: Int = .max) throws(EspalierError) -> [UInt8] {
    try ByteReader(gzip: path).readAll(limit: limit)
  }
}

/// A gzip file as a source of its decompressed bytes.
///
/// Sequential reading decompresses incrementally, in bounded memory. The first read at a position decompresses the
/// whole file once, on whichever thread comes first, and keeps the bytes.
package final class GzipFile: ByteSource {
  /// The path of the file.
  package let path: String
  /// The decompressed size in bytes, as stated by the contents.
  package let byteCount: Int
  private let inflated = Mutex<[UInt8]?>(nil)

  /// The gzip file at `path`, expected to decompress to `byteCount` bytes. Nothing is read yet.
  package init(_ path: String, byteCount: Int) {
    self.path = path
    self.byteCount = byteCount
  }

  /// The path.
  package var subject: String { path }

  /// Copies decompressed bytes from `offset` on.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try BytesInMemory(allBytes(), subject: path).read(into: buffer, at: offset)
  }

  /// Decompresses incrementally; bytes before `offset` are decompressed and skipped.
  package func reader(from offset: Int) throws(EspalierError) -> ByteReader {
    let stream = try ByteReader(gzip: path)
    try stream.skip(offset)
    return stream
  }

  private func allBytes() throws(EspalierError) -> [UInt8] {
    try inflated.withLock { kept throws(EspalierError) in
      if let kept { return kept }
      let stream = try ByteReader(gzip: path)
      let bytes = try stream.readExactly(count: byteCount)
      try stream.expectEnd()
      kept = bytes
      return bytes
    }
  }
}
