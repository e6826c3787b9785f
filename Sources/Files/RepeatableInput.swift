/// Bytes that can be read from the start as often as needed, decompressed if they are gzip.
///
/// A regular file is read anew each time. Standard input and pipes can be read only once, so their bytes are kept as
/// they come, undecoded (``SpooledBytes``). Memory is bounded for both.
package struct RepeatableInput: Sendable {
  /// The name in errors: the path, or `standard input`.
  package let subject: String
  private let path: String
  private let kept: (any ByteSource)?

  /// The file at `path`; `-` is standard input.
  /// - Throws: `EspalierError` if there is no such file, a pipe cannot be read, or there is no room for its bytes.
  package init(_ path: String) throws(EspalierError) {
    self.path = path
    guard path == "-" || (try? FileStatus(path).kind) == .pipe else {
      kept = nil
      subject = path
      return
    }
    let spooled = try SpooledBytes(try ByteReader(path))
    subject = spooled.subject
    kept = spooled
  }

  /// `bytes`, called `subject` in errors.
  package init(_ bytes: [UInt8], subject: String) {
    path = subject
    self.subject = subject
    kept = BytesInMemory(bytes, subject: subject)
  }

  /// A reader at the start.
  /// - Throws: `EspalierError` if the file cannot be opened.
  package func reader() throws(EspalierError) -> ByteReader {
    guard let kept else { return try ByteReader(path).decompressed() }
    return try ByteReader(kept).decompressed()
  }
}
