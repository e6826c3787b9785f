/// All bytes of a reader, kept in memory while they are few and in a temporary file beyond.
///
/// Nothing is appended after the initialiser, so any number of threads may read.
struct SpooledBytes: ByteSource, @unchecked Sendable {
  /// The number of bytes that are kept in memory.
  private static let limit = 1 << 26

  let subject: String
  let byteCount: Int
  private let memory: [UInt8]
  private let file: TemporaryFile?

  /// Reads `reader` to its end.
  /// - Throws: `EspalierError` if it cannot be read, or there is no room for its bytes.
  init(_ reader: ByteReader) throws(EspalierError) {
    subject = reader.subject
    var (bytes, file): ([UInt8], TemporaryFile?) = ([], nil)
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = try reader.read(into: piece)
      guard count > 0 else { break }
      let read = UnsafeRawBufferPointer(rebasing: piece[..<count])
      if file == nil, bytes.count + count > Self.limit { file = try TemporaryFile() }
      if let file { _ = try file.append(read) } else { bytes += read }
    }
    (memory, self.file) = (bytes, file)
    byteCount = bytes.count + (file?.byteCount ?? 0)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try checkRange(at: offset, count: buffer.count)
    let split = min(buffer.count, max(0, memory.count - offset))
    buffer.copyBytes(from: memory[min(offset, memory.count)..<min(offset, memory.count) + split])
    guard let file, split < buffer.count else { return }
    try file.read(
      into: UnsafeMutableRawBufferPointer(rebasing: buffer[split...]), at: offset + split - memory.count)
  }
}
