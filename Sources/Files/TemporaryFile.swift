import Foundation

/// A file without a name, for what does not fit into memory: gone as soon as nobody holds it, also after a crash.
///
/// It lies in the folder that `TMPDIR` names, else in `/var/tmp`: `/tmp` is memory on many systems.
public final class TemporaryFile {
  /// How many bytes have been appended.
  public private(set) var byteCount = 0
  private let descriptor: Int32
  private let folder: String

  /// Makes an empty file in `folder`.
  ///
  /// - Throws: `EspalierError` where the folder cannot be written to.
  public init(in folder: String? = nil) throws(EspalierError) {
    let folder = folder ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    var template = Array("\(folder)/.espalier-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw EspalierError(
        .file, folder, "cannot hold a temporary file: \(String(cString: strerror(errno)))",
        remedy: "set TMPDIR to a folder that can be written to")
    }
    unlink(template)
    self.descriptor = descriptor
    self.folder = folder
  }

  deinit { close(descriptor) }

  /// Writes `bytes` behind what is there, and says where they begin.
  ///
  /// - Throws: `EspalierError` where the disk is full.
  public func append(_ bytes: UnsafeRawBufferPointer) throws(EspalierError) -> Int {
    let start = byteCount
    var done = 0
    while done < bytes.count {
      let count = pwrite(descriptor, bytes.baseAddress! + done, bytes.count - done, off_t(start + done))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw EspalierError(
          .file, folder,
          "cannot hold \(start + bytes.count) bytes for the time being: \(String(cString: strerror(errno)))",
          remedy: "make room, set TMPDIR to a folder with more of it, or take fewer samples")
      }
      done += count
    }
    byteCount += bytes.count
    return start
  }

  /// Fills `buffer` from byte `offset` on.
  ///
  /// - Throws: `EspalierError` where the file cannot be read.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    var filled = 0
    while filled < buffer.count {
      let count = pread(descriptor, buffer.baseAddress! + filled, buffer.count - filled, off_t(offset + filled))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw EspalierError(.file, folder, "holds a temporary file that cannot be read back") }
      filled += count
    }
  }
}
