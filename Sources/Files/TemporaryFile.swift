import Foundation
import SystemPackage

/// An unnamed file for data larger than memory, deleted with its last reference, even after a crash.
///
/// It lies in the folder `TMPDIR`, or else in `/var/tmp`: `/tmp` is in memory on many systems.
package final class TemporaryFile {
  /// The number of bytes appended.
  package private(set) var byteCount = 0
  private let descriptor: FileDescriptor
  private let folder: String

  /// Makes an empty file in `folder`.
  ///
  /// - Throws: `EspalierError` if the folder cannot be written to.
  package init(in folder: String? = nil) throws(EspalierError) {
    let folder = folder ?? ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    self.folder = folder
    if let unnamed = Self.unnamed(in: folder) {
      self.descriptor = unnamed
      return
    }
    var template = Array("\(folder)/.espalier-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw EspalierError(
        .file, folder, "cannot hold a temporary file: \(String(cString: strerror(errno)))",
        remedy: "set TMPDIR to a folder that can be written to")
    }
    unlink(template)
    self.descriptor = FileDescriptor(rawValue: descriptor)
  }

  /// A file that never has a name; `nil` where the system or the file system has none.
  private static func unnamed(in folder: String) -> FileDescriptor? {
    #if os(Linux)
      // `O_TMPFILE`, a macro that Swift does not import.
      let temporary: Int32 = 0o20_000_000 | O_DIRECTORY
      let descriptor = open(folder, temporary | O_RDWR | O_CLOEXEC, 0o600)
      return descriptor < 0 ? nil : FileDescriptor(rawValue: descriptor)
    #else
      return nil
    #endif
  }

  deinit { descriptor.closeQuietly() }

  /// Appends `bytes` and returns their offset.
  ///
  /// - Throws: `EspalierError` if the disk is full.
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

  /// `bytes` in a temporary file instead of memory; as they are if there is no room for them.
  package static func holding(_ bytes: ByteStorage) -> ByteStorage {
    guard bytes.isInMemory, let file = try? TemporaryFile(), (try? bytes.withUnsafeBytes(file.append)) != nil,
      let region = MappedRegion(file.descriptor, at: 0, count: bytes.count)
    else { return bytes }
    return .mapped(region)
  }

  /// Fills `buffer` with the bytes from `offset` on.
  ///
  /// - Throws: `EspalierError` if the file cannot be read.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    guard (try? descriptor.fill(buffer, from: offset)) == buffer.count else {
      throw EspalierError(.file, folder, "holds a temporary file that cannot be read back")
    }
  }
}
