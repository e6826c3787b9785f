import SystemPackage

/// A file open for reading at any position, from any number of threads.
///
/// The size is that at opening; reading a file that has shrunk since throws an error and does not trap.
package final class RandomAccessFile: ByteSource {
  /// The path of the file.
  package let path: String
  /// The size of the file at opening, in bytes.
  package let byteCount: Int
  private let descriptor: FileDescriptor

  /// Opens the file at `path`.
  /// - Throws: `EspalierError` if there is none, it is a directory or a device, or reading is not permitted.
  package init(_ path: String) throws(EspalierError) {
    switch try Self.looking(path, { () throws(Errno) in try FileStatus(path).kind }) {
    case .regular: break
    case .directory: throw EspalierError(.file, path, "is a directory, not a file")
    default: throw EspalierError(.file, path, "is not a regular file, and it is read at many positions")
    }
    let file = try Self.looking(path) { () throws(Errno) in try FileDescriptor.opening(path, .readOnly) }
    do throws(EspalierError) {
      byteCount = try Self.looking(path) { () throws(Errno) in try FileStatus(file).byteCount }
    } catch {
      file.closeQuietly()
      throw error
    }
    self.path = path
    descriptor = file
  }

  /// The result of `call`, its error converted to that of a file that cannot be opened.
  private static func looking<Value>(
    _ path: String, _ call: () throws(Errno) -> Value
  ) throws(EspalierError) -> Value {
    do throws(Errno) { return try call() } catch { throw .cannotOpen(path, error) }
  }

  deinit { descriptor.closeQuietly() }

  /// The path.
  package var subject: String { path }

  /// Fills `buffer` with the bytes from `offset` on.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(EspalierError) {
    try checkRange(at: offset, count: buffer.count)
    let filled: Int
    do throws(Errno) {
      filled = try descriptor.fill(buffer, from: offset)
    } catch {
      throw EspalierError(.file, path, "cannot be read: \(error)")
    }
    guard filled == buffer.count else { throw EspalierError(.file, path, "has shrunk while it was being read") }
  }
}

extension EspalierError {
  /// The error for a file at `path` that could not be opened for the reason `code`.
  static func cannotOpen(_ path: String, _ code: Errno) -> EspalierError {
    switch code {
    case .noSuchFileOrDirectory, .notDirectory:
      EspalierError(.file, path, "there is no such file", remedy: "check the path")
    case .permissionDenied: EspalierError(.file, path, "is not permitted to be read")
    default: EspalierError(.file, path, "cannot be opened: \(code)")
    }
  }
}
