import SystemPackage

/// The contents of existing files.
package enum FileContents {
  /// The whole contents of the file at `path`.
  ///
  /// - Throws: `EspalierError` if there is no such file, it is not a regular file, or it cannot be read.
  /// - Complexity: one copy of the file's bytes.
  package static func read(_ path: String) throws(EspalierError) -> [UInt8] {
    try opening(path) { file, size throws(EspalierError) in try read(path, file, at: 0, count: size) }
  }

  /// The `count` bytes of the file at `path` from `offset` on.
  ///
  /// - Throws: `EspalierError` as ``read(_:)`` does, and if the file is too short. This is checked before memory is
  ///   allocated, so `offset` and `count` may come from an untrusted file.
  package static func read(_ path: String, at offset: Int, count: Int) throws(EspalierError) -> [UInt8] {
    try opening(path) { file, size throws(EspalierError) in
      guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
        throw EspalierError(
          .file, path, "has \(size) bytes, too few for the \(count) at \(offset)", remedy: "get the whole file")
      }
      return try read(path, file, at: offset, count: count)
    }
  }

  /// The `count` bytes of the file at `path` from `offset` on: mapped if there are so many that a copy would matter,
  /// and they begin at a multiple of `alignment`.
  ///
  /// - Throws: `EspalierError` as ``read(_:at:count:)`` does.
  package static func storage(
    _ path: String, at offset: Int, count: Int, alignment: Int
  ) throws(EspalierError) -> ByteStorage {
    if count >= mappedAbove, offset.isMultiple(of: alignment) {
      let region = try opening(path) { file, size in
        offset >= 0 && offset <= size && count <= size - offset ? MappedRegion(file, at: offset, count: count) : nil
      }
      if let region { return .mapped(region) }
    }
    return .memory(try read(path, at: offset, count: count))
  }

  /// The fewest bytes that are mapped: a process has some ten thousand mappings at most.
  private static let mappedAbove = 1 << 20

  /// Whether there is a readable regular file at `path`.
  package static func exists(_ path: String) -> Bool { (try? size(path)) != nil }

  /// The size of the file at `path` in bytes.
  ///
  /// - Throws: `EspalierError` as ``read(_:)`` does.
  package static func size(_ path: String) throws(EspalierError) -> Int {
    try opening(path) { _, size throws(EspalierError) in size }
  }

  /// Passes the regular file at `path` and its size to `body`, then closes it.
  private static func opening<Result>(
    _ path: String, _ body: (FileDescriptor, Int) throws(EspalierError) -> Result
  ) throws(EspalierError) -> Result {
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw EspalierError(.file, path.debugDescription, "is not a path")
    }
    let file: FileDescriptor
    do throws(Errno) {
      // Without `nonBlocking`, opening a named pipe would wait for a writer.
      file = try FileDescriptor.opening(path, .readOnly, .nonBlocking)
    } catch {
      throw error == .noSuchFileOrDirectory
        ? EspalierError(.file, path, "does not exist", remedy: "check the path")
        : EspalierError(.file, path, "cannot be opened: \(error)")
    }
    defer { file.closeQuietly() }
    let status: FileStatus
    do throws(Errno) { status = try FileStatus(file) } catch {
      throw EspalierError(.file, path, "cannot be examined: \(error)")
    }
    switch status.kind {
    case .regular: return try body(file, status.byteCount)
    case .directory: throw EspalierError(.file, path, "is a directory", remedy: "give the path of a file in it")
    default: throw EspalierError(.file, path, "is not a regular file", remedy: "copy what it gives into a file first")
    }
  }

  private static func read(
    _ path: String, _ file: FileDescriptor, at offset: Int, count: Int
  ) throws(EspalierError) -> [UInt8] {
    try [UInt8](count: count) { buffer throws(EspalierError) in
      let filled: Int
      do throws(Errno) {
        filled = try file.fill(buffer, from: offset)
      } catch {
        throw EspalierError(.file, path, "cannot be read: \(error)")
      }
      guard filled == count else {
        throw EspalierError(.file, path, "cannot be read: became shorter while it was read")
      }
    }
  }
}
