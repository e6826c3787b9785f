import CZlib

/// How compressed bytes are wrapped.
public enum DeflateFormat: Sendable {
  /// One or more gzip members (RFC 1952), each followed by its checksum.
  case gzip
  /// Bare deflate (RFC 1951), as inside a zip archive.
  case bare

  /// The `windowBits` by which zlib knows the format.
  var windowBits: Int32 { self == .gzip ? 16 + MAX_WBITS : -MAX_WBITS }
}

/// The state of zlib's decompressor between two pieces of input. One thread at a time.
final class Inflater {
  private let stream: UnsafeMutablePointer<z_stream>

  /// What one call of `inflate` did.
  struct Step {
    var consumed: Int
    var produced: Int
    var ended: Bool
  }

  init(_ format: DeflateFormat) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let code = inflateInit2_(stream, format.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib could not start (\(code))")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Decompresses from `input` into `output` until one of them is used up or the member ends.
  func inflate(
    _ input: UnsafeMutableRawBufferPointer, into output: UnsafeMutableRawBufferPointer, subject: String
  ) throws(EspalierError) -> Step {
    let given = min(input.count, 1 << 30)
    let room = min(output.count, 1 << 30)
    stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_in = UInt32(given)
    stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    stream.pointee.avail_out = UInt32(room)
    let code = CZlib.inflate(stream, Z_NO_FLUSH)
    guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)"
      throw EspalierError(.file, subject, "is corrupt: its compressed bytes do not decompress (\(reason))")
    }
    return Step(
      consumed: given - Int(stream.pointee.avail_in), produced: room - Int(stream.pointee.avail_out),
      ended: code == Z_STREAM_END)
  }

  /// Makes ready for another member.
  func reset() {
    inflateReset(stream)
  }
}
