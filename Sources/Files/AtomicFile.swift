import Foundation

/// Files that appear whole or not at all.
public enum AtomicFile {
  /// Writes `bytes` to `path`: beside it first, then renamed over it, so that no reader ever sees half a file.
  ///
  /// What stood at `path` stays untouched when writing fails, and nothing is left beside it.
  public static func write(_ bytes: Data, to path: String) throws(DataError) {
    let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw DataError(path, "cannot be written: \(systemMessage)") }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
    do {
      try file.write(contentsOf: bytes)
      try file.synchronize()
      try file.close()
    } catch {
      unlink(temporary)
      throw DataError(path, "cannot be written: \(error.localizedDescription)")
    }
    guard rename(temporary, path) == 0 else {
      let message = systemMessage
      unlink(temporary)
      throw DataError(path, "cannot be written: \(message)")
    }
  }

  private static var systemMessage: String { String(cString: strerror(errno)) }
}
