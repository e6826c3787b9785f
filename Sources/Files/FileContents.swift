import Foundation

/// The bytes of a file that somebody else wrote.
public enum FileContents {
  /// The whole of the file at `path`.
  ///
  /// - Throws: `EspalierError` where there is no such file, it is not a regular file, or it cannot be read.
  /// - Complexity: one copy of the file's bytes.
  public static func read(_ path: String) throws(EspalierError) -> [UInt8] {
    let file = try OpenFile(path)
    return try file.read(at: 0, count: file.size)
  }

  /// The `count` bytes of the file at `path` that start at `offset`.
  ///
  /// - Throws: `EspalierError` as ``read(_:)`` does, and where the file is too short. Nothing is allocated before that
  ///   is known, so `offset` and `count` may come from a file nobody trusts.
  public static func read(_ path: String, at offset: Int, count: Int) throws(EspalierError) -> [UInt8] {
    try OpenFile(path).read(at: offset, count: count)
  }

  /// Whether there is a regular file at `path` that can be read.
  public static func exists(_ path: String) -> Bool { (try? size(path)) != nil }

  /// How many bytes the file at `path` has.
  ///
  /// - Throws: `EspalierError` as ``read(_:)`` does.
  public static func size(_ path: String) throws(EspalierError) -> Int {
    try OpenFile(path).size
  }
}

/// A regular file that is open for reading, until it goes out of scope.
private struct OpenFile: ~Copyable {
  let path: String
  let size: Int
  private let descriptor: Int32

  init(_ path: String) throws(EspalierError) {
    (descriptor, size) = try Self.open(path)
    self.path = path
  }

  deinit {
    close(descriptor)
  }

  private static func open(_ path: String) throws(EspalierError) -> (descriptor: Int32, size: Int) {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw EspalierError(.file, path.debugDescription, "is not a path")
    }
    // Without O_NONBLOCK, opening a named pipe would wait for somebody to write to it.
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw errno == ENOENT
        ? EspalierError(.file, path, "does not exist", remedy: "check the path")
        : EspalierError(.file, path, "cannot be opened: \(String(cString: strerror(errno)))")
    }
    var status = stat()
    let fault: EspalierError
    if fstat(descriptor, &status) != 0 {
      fault = EspalierError(.file, path, "cannot be examined: \(String(cString: strerror(errno)))")
    } else {
      switch status.st_mode & S_IFMT {
      case S_IFREG: return (descriptor, Int(status.st_size))
      case S_IFDIR: fault = EspalierError(.file, path, "is a directory", remedy: "give the path of a file in it")
      default:
        fault = EspalierError(.file, path, "is not a regular file", remedy: "copy what it gives into a file first")
      }
    }
    close(descriptor)
    throw fault
  }

  func read(at offset: Int, count: Int) throws(EspalierError) -> [UInt8] {
    guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
      throw EspalierError(
        .file, path, "has \(size) bytes, too few for the \(count) at \(offset)", remedy: "get the whole file")
    }
    var failure: String?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset + filled))
        if got < 0 && errno == EINTR { continue }
        guard got > 0 else {
          failure = got == 0 ? "became shorter while it was read" : String(cString: strerror(errno))
          break
        }
        filled += got
      }
    }
    if let failure { throw EspalierError(.file, path, "cannot be read: \(failure)") }
    return bytes
  }
}
