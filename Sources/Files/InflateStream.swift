/// Decompresses a source in order, in bounded memory (256 KiB of input and zlib's 32 KiB window).
///
/// Checksums of gzip members are checked as their ends are reached; whoever must know that the whole file is sound reads
/// to the end (`expectEnd`).
public final class InflateStream: ByteReader {
  /// What an error names.
  public var subject: String { source.subject }
  private let source: any ByteReader
  private let format: DeflateFormat
  private let inflater: Inflater
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private var unread = 0..<0
  private var ended = false

  /// Decompresses what `source` still has, which is nothing but bytes of this `format`.
  public init(_ source: any ByteReader, format: DeflateFormat) {
    self.source = source
    self.format = format
    self.inflater = Inflater(format)
  }

  /// Decompresses `source`, which holds nothing but bytes of this `format`.
  public convenience init(_ source: some ByteSource, format: DeflateFormat) {
    self.init(PositionedReader(source, at: 0), format: format)
  }

  /// Decompresses the gzip file at `path`.
  public convenience init(gzip path: String) throws(EspalierError) {
    self.init(try RandomAccessFile(path), format: .gzip)
  }

  deinit { input.deallocate() }

  /// Fills `buffer` with decompressed bytes; fewer than fit only at the end.
  /// - Throws: `EspalierError` where the compressed bytes end early, are corrupt, or fail their checksum.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) -> Int {
    var filled = 0
    while filled < buffer.count, !ended {
      if unread.isEmpty { try refill() }
      let step = try inflater.inflate(
        UnsafeMutableRawBufferPointer(rebasing: input[unread]),
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]), subject: subject)
      unread = unread.lowerBound + step.consumed..<unread.upperBound
      filled += step.produced
      if step.ended { try finishMember() }
    }
    return filled
  }

  private func refill() throws(EspalierError) {
    unread = 0..<(try source.read(into: input))
    guard !unread.isEmpty else {
      throw EspalierError(
        .file, subject, "is truncated: its compressed bytes end early", remedy: "fetch or make it again")
    }
  }

  /// At the end of a member: either more follow, or all is read.
  private func finishMember() throws(EspalierError) {
    if unread.isEmpty { unread = 0..<(try source.read(into: input)) }
    guard !unread.isEmpty else {
      ended = true
      return
    }
    guard format == .gzip else { throw EspalierError(.file, subject, "is corrupt: bytes follow its compressed bytes") }
    inflater.reset()
  }
}
