import Foundation
import SystemPackage

/// A file without a name, for what does not fit into memory: gone as soon as nobody holds it, also after a crash.
///
/// It lies in the folder that `TMPDIR` names, else in `/var/tmp`: `/tmp` is memory on many systems.
package final class TemporaryFile {
  /// How many bytes have been appended.
  package private(set) var byteCount = 0
  private let descriptor: FileDescriptor
  private let folder: String

  /// Makes an empty file in `folder`.
  ///
  /// - Throws: `EspalierError` where the folder cannot be written to.
  package init(in folder: String? = nil) throws(EspalierError) {
    let folder = folder ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    var template = Array("\(folder)/.espalier-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw EspalierError(
        .file, folder, "cannot hold a temporary file: \(String(cString: strerror(errno)))",
        remedy: "set TMPDIR to a folder that can be written to")
    }
    unlink(template)
    self.descriptor = FileDescriptor(rawValue: descriptor)
    self.folder = folder
  }

  deinit { descriptor.closeQuietly() }

  /// Writes `bytes` behind what is there, and says where they begin.
  ///
  /// - Throws: `EspalierError` where the disk is full.
  package func append(_ bytes: UnsafeRawBufferPointer) throws(EspalierError) -> Int {
    let start = byteCount
    do throws(Errno) {
      try descriptor.writeWhole(bytes, at: start)
    } catch {
      throw EspalierError(
        .file,
        folder, "cannot hold \(start + bytes.count) bytes for the time being: \(error)",
        remedy: "make room, set TMPDIR to a folder with more of it, or take fewer samples")
    }
    byteCount += bytes.count
    return start
  }

  /// Fills `buffer` from byte `offset` on.
  ///
  /// - Throws: `EspalierError` where the file cannot be read.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    guard (try? descriptor.fill(buffer, from: offset)) == buffer.count else {
      throw EspalierError(.file, folder, "holds a temporary file that cannot be read back")
    }
  }
}
