import Foundation
import SystemPackage

extension FileDescriptor {
  /// Opens the file at `path`, unchanged: `FilePath` would drop a trailing slash.
  static func opening(
    _ path: String, _ mode: AccessMode, _ options: OpenOptions = [], permissions: FilePermissions? = nil
  ) throws(Errno) -> FileDescriptor {
    try ofSystem { try open(path, mode, options: options.union(.closeOnExec), permissions: permissions) }
  }

  /// Fills `buffer` with the bytes from `offset` on, or from the end of the last read, and returns their number: less
  /// than the buffer's size only at the end of the file.
  func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int? = nil) throws(Errno) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = try Self.ofSystem {
        guard let offset else { return try read(into: rest) }
        return try read(fromAbsoluteOffset: Int64(offset + filled), into: rest)
      }
      guard count > 0 else { break }
      filled += count
    }
    return filled
  }

  /// Writes all of `bytes` at `offset`, or after the last write.
  ///
  /// Waits for a pipe that does not block.
  package func writeWhole(_ bytes: UnsafeRawBufferPointer, at offset: Int? = nil) throws(Errno) {
    var done = 0
    while done < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
      do throws(Errno) {
        done += try Self.ofSystem {
          guard let offset else { return try write(rest) }
          return try write(toAbsoluteOffset: Int64(offset + done), rest)
        }
      } catch .resourceTemporarilyUnavailable {
        var request = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
        poll(&request, 1, -1)
      }
    }
  }

  /// Writes all of `bytes` after the last write.
  func writeWhole(_ bytes: ByteStorage) throws(Errno) {
    try bytes.withUnsafeBytes { bytes throws(Errno) in try writeWhole(bytes) }
  }

  /// Closes the file, ignoring errors; by then no data can be lost.
  func closeQuietly() { try? close() }

  /// The result of `call`, repeated if a signal interrupts it; only the system's errors are thrown.
  private static func ofSystem<Value>(_ call: () throws -> Value) throws(Errno) -> Value {
    do { return try call() } catch { throw error as? Errno ?? .ioError }
  }
}
