import EspalierFiles

/// The part of a stream that is in memory: from the first byte that is still needed to the last that was read.
final class ReadWindow {
  /// What an error names.
  var subject: String { source.subject }
  /// The first byte that is still needed; whoever needs no more of what lies before moves it.
  var position = 0
  /// The end of what was read.
  private(set) var end = 0
  /// Whether the stream ends there.
  private(set) var isAtEnd = false
  /// The memory.
  private(set) var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)

  /// The most that is held at once.
  private static let limit = 1 << 26
  private let source: ByteReader

  init(_ source: ByteReader) throws(EspalierError) {
    self.source = source
    try refill(line: 1)
  }

  deinit { bytes.deallocate() }

  /// Moves what is needed to the front and reads on behind it, into more memory if need be.
  /// - Throws: `EspalierError` that names the `line` where the record that begins at `position` is longer than 64 MiB.
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
