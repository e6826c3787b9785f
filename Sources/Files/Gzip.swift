import Synchronization

/// Whole gzip files.
package enum Gzip {
  /// The bytes that every gzip file begins with.
  static let signature: [UInt8] = [0x1F, 0x8B]
  /// The most that deflate can make of one byte, by its format: a claim beyond this is false.
  package static let largestRatio = 1032

  /// Whether the file at `path` starts as a gzip file does.
  package static func isGzip(_ file: RandomAccessFile) throws(EspalierError) -> Bool {
    guard file.byteCount >= 2 else { return false }
    return try file.read(at: 0, count: 2) == signature
  }

  /// The decompressed bytes of the file at `path`, its checksum checked.
  /// - Throws: `EspalierError` also where there would be more than `limit` bytes.
  package static func inflate(_ path: String, limit: Int = .max) throws(EspalierError) -> [UInt8] {
    try ByteReader(gzip: path).readAll(limit: limit)
  }
}

/// A gzip file as a source of its decompressed bytes.
///
/// In order it is decompressed on the go, in bounded memory. The first read at a position decompresses the whole file
/// once, whichever thread comes first, and keeps the bytes.
package final class GzipFile: ByteSource {
  /// Where the file is.
  package let path: String
  /// How many bytes the file decompresses to, as its contents say.
  package let byteCount: Int
  private let inflated = Mutex<[UInt8]?>(nil)

  /// The gzip file at `path`, which should decompress to `byteCount` bytes. Nothing is read yet.
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

  /// Decompresses on the go; bytes before `offset` are decompressed and passed over.
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
