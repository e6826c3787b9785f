import Foundation

/// Bytes that can be read from the beginning as often as wanted, decompressed where they are gzip.
///
/// A regular file is read anew each time, in bounded memory. Standard input and pipes come once only, so their bytes (as
/// they come, compressed ones compressed) are kept in memory.
public struct RepeatableInput: Sendable {
  /// What an error names: the path, or `standard input`.
  public let subject: String
  private let path: String
  private let kept: [UInt8]?

  /// The file at `path`; `-` is standard input.
  /// - Throws: `EspalierError` where there is no such file, or what comes once cannot be read.
  public init(_ path: String) throws(EspalierError) {
    self.path = path
    var status = stat()
    guard path == "-" || (stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO) else {
      kept = nil
      subject = path
      return
    }
    let reader = try DescriptorReader.open(path)
    subject = reader.subject
    var bytes: [UInt8] = []
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { piece.deallocate() }
    while case let count = try reader.read(into: piece), count > 0 { bytes += piece[..<count] }
    kept = bytes
  }

  /// `bytes` as they are, called `subject` in errors.
  public init(_ bytes: [UInt8], subject: String) {
    path = subject
    self.subject = subject
    kept = bytes
  }

  /// Begins to read.
  /// - Throws: `EspalierError` where the file cannot be opened.
  public func reader() throws(EspalierError) -> any ByteReader {
    guard let kept else { return try ByteStream.open(path) }
    return try ByteStream.decompressed(BytesInMemory(kept, subject: subject).reader(from: 0))
  }
}
