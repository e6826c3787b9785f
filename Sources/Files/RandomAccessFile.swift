import Foundation

/// A file open for reading at any position, by any number of threads at once.
///
/// The size is that of the moment of opening; a file that has shrunk since is an error where it is read, not a trap.
public final class RandomAccessFile: ByteSource {
  /// Where the file is.
  public let path: String
  /// How many bytes the file had when it was opened.
  public let byteCount: Int
  private let descriptor: Int32

  /// Opens the file at `path`.
  /// - Throws: `EspalierError` where there is none, or it is a directory, a device, or not permitted to be read.
  public init(_ path: String) throws(EspalierError) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw .cannotOpen(path, errno) }
    let kind = status.st_mode & S_IFMT
    guard kind != S_IFDIR else { throw EspalierError(.file, path, "is a directory, not a file") }
    guard kind == S_IFREG else {
      throw EspalierError(.file, path, "is not a regular file, and it is read at many positions")
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotOpen(path, errno) }
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      close(descriptor)
      throw .cannotOpen(path, code)
    }
    self.path = path
    self.byteCount = Int(status.st_size)
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The path.
  public var subject: String { path }

  /// Fills `buffer` from byte `offset` of the file on.
  public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try checkRange(at: offset, count: buffer.count)
    var filled = 0
    while filled < buffer.count {
      let count = pread(descriptor, buffer.baseAddress! + filled, buffer.count - filled, off_t(offset + filled))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw EspalierError(.file, path, "cannot be read: \(String(cString: strerror(errno)))") }
      guard count > 0 else { throw EspalierError(.file, path, "has shrunk while it was being read") }
      filled += count
    }
  }
}

extension EspalierError {
  /// The error of a file at `path` that could not be opened for the reason `code`, an `errno`.
  static func cannotOpen(_ path: String, _ code: Int32) -> EspalierError {
    switch code {
    case ENOENT, ENOTDIR: EspalierError(.file, path, "there is no such file", remedy: "check the path")
    case EACCES: EspalierError(.file, path, "is not permitted to be read")
    default: EspalierError(.file, path, "cannot be opened: \(String(cString: strerror(code)))")
    }
  }
}
