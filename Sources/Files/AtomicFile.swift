import Foundation

/// Files that are written whole or not at all.
public enum AtomicFile {
  /// Writes `bytes` beside `path`, makes sure they are on the disk, and moves them into place.
  /// - Throws: `DataError` where that cannot be done; nothing is left behind, and what was at `path` stays.
  public static func write(_ bytes: Data, to path: String) throws(DataError) {
    let temporary = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).part"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(path, errno) }
    var code: Int32 = 0
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Foundation.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          code = errno
          return
        }
        written += count
      }
    }
    if code == 0, fsync(descriptor) != 0 { code = errno }
    if close(descriptor) != 0, code == 0 { code = errno }
    if code == 0, rename(temporary, path) != 0 { code = errno }
    guard code == 0 else {
      unlink(temporary)
      throw failure(path, code)
    }
  }

  private static func failure(_ path: String, _ code: Int32) -> DataError {
    DataError(path, "cannot be written: \(String(cString: strerror(code)))")
  }
}
