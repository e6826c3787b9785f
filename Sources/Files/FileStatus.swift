import Foundation
import SystemPackage

/// The kind, size and identity of a file, as reported by the system.
struct FileStatus {
  /// The kinds of files that are distinguished.
  enum Kind { case regular, directory, pipe, other }

  /// The kind of the file.
  let kind: Kind
  /// The size in bytes.
  let byteCount: Int
  /// The permissions.
  let permissions: FilePermissions
  /// The numbers of its device and inode, which identify it whatever its path.
  let identity: [UInt64]

  /// The status of the file to which `path` leads, following links.
  init(_ path: String) throws(Errno) {
    try self.init { stat(path, &$0) }
  }

  /// The status of an open file.
  init(_ descriptor: FileDescriptor) throws(Errno) {
    try self.init { fstat(descriptor.rawValue, &$0) }
  }

  private init(_ look: (inout stat) -> CInt) throws(Errno) {
    var status = stat()
    guard look(&status) == 0 else { throw Errno(rawValue: errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .directory
    case S_IFIFO: kind = .pipe
    default: kind = .other
    }
    byteCount = Int(status.st_size)
    permissions = FilePermissions(rawValue: status.st_mode & 0o777)
    identity = [UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino)]
  }
}
