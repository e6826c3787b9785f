import CEspalierZlib

/// The container of compressed bytes.
package enum DeflateFormat: Sendable {
  /// One or more gzip members (RFC 1952), each followed by its checksum.
  case gzip
  /// Bare deflate (RFC 1951), as inside a zip archive.
  case bare

  /// The `windowBits` argument of zlib for the format.
  var windowBits: Int32 { self == .gzip ? 16 + MAX_WBITS : -MAX_WBITS }
}

/// Decompresses the bytes of a reader in order, in bounded memory (256 KiB of input and zlib's 32 KiB window). Not
/// thread-safe.
final class Inflater {
  private let source: ByteReader
  private let format: DeflateFormat
  private let stream: UnsafeMutablePointer<z_stream>
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private var unread = 0..<0
  private var ended = false

  /// Decompresses the rest of `source`, which must be entirely of this `format`.
  init(_ source: ByteReader, format: DeflateFormat) {
    self.source = source
    self.format = format
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = inflateInit2_(stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib could not start (\(code))")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Fills `buffer` with decompressed bytes; less than the buffer only at the end.
  /// - Throws: `EspalierError` if the compressed bytes are truncated, corrupt, or fail their checksum.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) -> Int {
    var filled = 0
    while filled < buffer.count, !ended {
      if unread.isEmpty { try refill() }
      let (produced, memberEnds) = try step(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      filled += produced
      if memberEnds { try finishMember() }
    }
    return filled
  }

  private func refill() throws(EspalierError) {
    unread = 0..<(try source.read(into: input))
    guard !unread.isEmpty else {
      throw EspalierError(
        .file,
        source.subject, "is truncated: its compressed bytes end early", remedy: "fetch or make it again")
    }
  }

  /// Decompresses unread bytes into `output` until either is used up or the member ends.
  private func step(
    into output: UnsafeMutableRawBufferPointer
  ) throws(EspalierError) -> (produced: Int, memberEnds: Bool) {
    let given = min(unread.count, 1 << 30)
    let room = min(output.count, 1 << 30)
    let first = input.baseAddress.map { $0 + unread.lowerBound }
    stream.pointee.next_in = first?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    let code = inflate(stream, Z_NO_FLUSH)
    guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)"
      throw EspalierError(.file, source.subject, "is corrupt: its compressed bytes do not decompress (\(reason))")
    }
    unread = unread.lowerBound + given - Int(stream.pointee.avail_in)..<unread.upperBound
    return (room - Int(stream.pointee.avail_out), code == Z_STREAM_END)
  }

  /// Ends a member: either another follows, or everything is read.
  private func finishMember() throws(EspalierError) {
    if unread.isEmpty { unread = 0..<(try source.read(into: input)) }
    guard !unread.isEmpty else {
      ended = true
      return
    }
    guard format == .gzip else {
      throw EspalierError(.file, source.subject, "is corrupt: bytes follow its compressed bytes")
    }
    inflateReset(stream)
  }
}
