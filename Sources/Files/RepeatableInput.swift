/// Bytes that can be read from the beginning as often as wanted, decompressed where they are gzip.
///
/// A regular file is read anew each time, in bounded memory. Standard input and pipes come once only, so their bytes
/// (as they come, compressed ones compressed) are kept in memory.
package struct RepeatableInput: Sendable {
  /// The name in errors: the path, or `standard input`.
  package let subject: String
  private let path: String
  private let kept: [UInt8]?

  /// The file at `path`; `-` is standard input.
  /// - Throws: `EspalierError` where there is no such file, or what comes once cannot be read.
  package init(_ path: String) throws(EspalierError) {
    self.path = path
    guard path == "-" || (try? FileStatus(path).kind) == .pipe else {
      kept = nil
      subject = path
      return
    }
    let reader = try ByteReader(path)
    subject = reader.subject
    kept = try reader.readAll()
  }

  /// `bytes` as they are, called `subject` in errors.
  package init(_ bytes: [UInt8], subject: String) {
    path = subject
    self.subject = subject
    kept = bytes
  }

  /// Begins to read.
  /// - Throws: `EspalierError` where the file cannot be opened.
  package func reader() throws(EspalierError) -> ByteReader {
    guard let kept else { return try ByteReader(path).decompressed() }
    return try ByteReader(BytesInMemory(kept, subject: subject)).decompressed()
  }
}
