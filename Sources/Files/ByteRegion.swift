/// A run of bytes within a larger source, as an array stored inside an archive.
package struct ByteRegion: ByteSource {
  /// The name in errors.
  package let subject: String
  /// How many bytes the region has.
  package let byteCount: Int
  private let source: any ByteSource
  private let start: Int

  /// The `count` bytes of `source` from `start` on, called `subject` in errors.
  /// - Throws: `EspalierError` where the source does not have them.
  package init(of source: any ByteSource, start: Int, count: Int, subject: String) throws(EspalierError) {
    try source.checkRange(at: start, count: count)
    self.source = source
    self.start = start
    self.byteCount = count
    self.subject = subject
  }

  /// Fills `buffer` from byte `offset` of the region on.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try checkRange(at: offset, count: buffer.count)
    try source.read(into: buffer, at: start + offset)
  }
}

/// Bytes held in memory.
package struct BytesInMemory: ByteSource {
  /// The name in errors.
  package let subject: String
  /// The bytes.
  package let bytes: [UInt8]

  /// `bytes`, called `subject` in errors.
  package init(_ bytes: [UInt8], subject: String) {
    self.bytes = bytes
    self.subject = subject
  }

  /// How many bytes there are.
  package var byteCount: Int { bytes.count }

  /// Copies the bytes from `offset` on.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try checkRange(at: offset, count: buffer.count)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + buffer.count]))
    }
  }
}
