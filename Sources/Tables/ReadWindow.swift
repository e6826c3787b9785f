import EspalierFiles

/// The part of a stream in memory: from the first byte still needed to the last byte read.
final class ReadWindow {
  /// The name in errors.
  var subject: String { source.subject }
  /// The first byte still needed; the reader advances it.
  var position = 0
  /// The end of the bytes read.
  private(set) var end = 0
  /// Whether the stream ends at `end`.
  private(set) var isAtEnd = false
  /// The memory.
  private(set) var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)

  /// The maximum size of the window.
  private static let limit = 1 << 26
  private let source: ByteReader

  init(_ source: ByteReader) throws(EspalierError) {
    self.source = source
    try refill(line: 1)
  }

  deinit { bytes.deallocate() }

  /// Moves the needed bytes to the front and reads on, growing the memory if necessary.
  /// - Throws: `EspalierError` with the `line` if the record that begins at `position` is longer than 64 MiB.
  func refill(line: Int) throws(EspalierError) {
    let left = end - position
    if left == bytes.count {
      guard left < Self.limit else {
        throw EspalierError(
          .file, "\(subject), line \(line)", "is longer than \(Self.limit >> 20) MiB",
          remedy: "a quote may not be closed, or the file is not text")
      }
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count * 2)
      _ = larger.update(fromContentsOf: bytes[position..<end])
      bytes.deallocate()
      bytes = larger
    } else if left > 0, position > 0 {
      bytes.baseAddress!.update(from: bytes.baseAddress! + position, count: left)
    }
    position = 0
    end = left
    let room = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[end...])
    let count = try source.read(into: room)
    isAtEnd = count < room.count
    end += count
  }
}
