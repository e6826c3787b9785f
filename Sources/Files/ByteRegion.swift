/// A range of bytes of a larger source, such as an array stored in an archive.
package struct ByteRegion: ByteSource {
  /// The name in errors.
  package let subject: String
  /// The number of bytes.
  package let byteCount: Int
  private let source: any ByteSource
  private let start: Int

  /// The `count` bytes of `source` from `start` on, called `subject` in errors.
  /// - Throws: `EspalierError` if the source is shorter.
  package init(of source: any ByteSource, start: Int, count: Int, subject: String) throws(EspalierError) {
    try source.checkRange(at: start, count: count)
    self.source = source
    self.start = start
    self.byteCount = count
    self.subject = subject
  }

  /// Fills `buffer` with the bytes from `offset` on, relative to the region.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try checkRange(at: offset, count: buffer.count)
    try source.read(into: buffer, at: start + offset)
  }
}

/// Bytes in memory.
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

  /// The number of bytes.
  package var byteCount: Int { bytes.count }

  /// Copies the bytes from `offset` on.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try checkRange(at: offset, count: buffer.count)
    bytes.withUnsafeBytes {
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset..<offset + buffer.count]))
    }
  }
}
