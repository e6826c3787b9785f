import Foundation

/// Bytes to be read once and in order: a file, a named pipe or standard input, decompressed where they are gzip.
public enum ByteStream {
  /// Opens the file at `path`; `-` is standard input. Whether the bytes are gzip is seen from their first two.
  ///
  /// Memory does not depend on how many bytes there are.
  /// - Throws: `EspalierError` where there is no such file, or it is a directory or not permitted to be read.
  public static func open(_ path: String) throws(EspalierError) -> any ByteReader {
    try decompressed(DescriptorReader.open(path))
  }

  /// What `reader` gives, decompressed if it begins as gzip does.
  public static func decompressed(_ reader: any ByteReader) throws(EspalierError) -> any ByteReader {
    var head = SIMD2<UInt8>()
    let count = try withUnsafeMutableBytes(of: &head) { buffer throws(EspalierError) in try reader.read(into: buffer) }
    let whole = PrefixedReader([head[0], head[1]].prefix(count), then: reader)
    return head == SIMD2(0x1F, 0x8B) ? InflateStream(whole, format: .gzip) : whole
  }
}

/// Reads a file descriptor from front to back, and closes it unless it is that of standard input.
final class DescriptorReader: ByteReader {
  let subject: String
  private let descriptor: Int32

  private init(_ descriptor: Int32, subject: String) {
    self.subject = subject
    self.descriptor = descriptor
  }

  /// Opens the file at `path`; `-` is standard input.
  static func open(_ path: String) throws(EspalierError) -> DescriptorReader {
    guard path != "-" else { return DescriptorReader(STDIN_FILENO, subject: "standard input") }
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path, errno) }
    let reader = DescriptorReader(descriptor, subject: path)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw EspalierError(.file, path, "is a directory, not a file")
    }
    return reader
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = Foundation.read(descriptor, buffer.baseAddress! + filled, buffer.count - filled)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw EspalierError(.file, subject, "cannot be read: \(String(cString: strerror(errno)))")
      }
      guard count > 0 else { break }
      filled += count
    }
    return filled
  }
}

/// Gives some bytes first and then those of another reader.
private final class PrefixedReader: ByteReader {
  private var prefix: ArraySlice<UInt8>
  private let rest: any ByteReader

  init(_ prefix: ArraySlice<UInt8>, then rest: any ByteReader) {
    self.prefix = prefix
    self.rest = rest
  }

  var subject: String { rest.subject }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(EspalierError) -> Int {
    guard !prefix.isEmpty else { return try rest.read(into: buffer) }
    let count = min(prefix.count, buffer.count)
    buffer.copyBytes(from: prefix.prefix(count))
    prefix = prefix.dropFirst(count)
    return count + (try rest.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...])))
  }
}
