import Foundation
import SystemPackage

/// The kind and size of a file, and which file it is, as the system knows them.
struct FileStatus {
  /// The kinds of files that are told apart.
  enum Kind { case regular, directory, pipe, other }

  /// The kind of the file.
  let kind: Kind
  /// The number of its bytes.
  let byteCount: Int
  /// Who may do what with it.
  let permissions: FilePermissions
  /// The numbers of its device and of the file on it, by which it is known however its path is written.
  let identity: [UInt64]

  /// Looks at what `path` leads to, links followed.
  init(_ path: String) throws(Errno) {
    try self.init { stat(path, &$0) }
  }

  /// Looks at a file that is open.
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
