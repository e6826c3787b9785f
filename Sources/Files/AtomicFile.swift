import Foundation

/// Files that are either written whole or not touched at all.
public enum AtomicFile {
  /// Puts `bytes` into the file at `path`, replacing what was there.
  ///
  /// The bytes are written beside the file, flushed to the disk and renamed over it: whoever looks sees the old file or
  /// the new one, also after a crash or a signal (``UnfinishedFiles``). A symbolic link stays and what it points to is
  /// replaced; permissions are kept.
  ///
  /// - Throws: `EspalierError` where the folder is missing, full or not writable, or `path` is not a regular file. Then
  ///   nothing has changed and nothing is left behind.
  public static func write(_ bytes: [UInt8], to path: String) throws(EspalierError) {
    try write([(path, [bytes])])
  }

  /// Puts `data` into the file at `path`, as ``write(_:to:)`` does for an array.
  public static func write(_ data: Data, to path: String) throws(EspalierError) {
    try write([UInt8](data), to: path)
  }

  /// Writes several files that belong together, each the concatenation of its pieces.
  ///
  /// All are written beside their places before the first is renamed, in the order given: put the file last that
  /// refers to the others. Pieces are written as they are, so that nothing is copied to join them.
  ///
  /// - Throws: `EspalierError` as ``write(_:to:)`` does.
  public static func write(_ files: [(path: String, pieces: [[UInt8]])]) throws(EspalierError) {
    var temporaries: [(temporary: String, target: String, entry: UnfinishedFiles.Entry)] = []
    defer {
      for (temporary, _, entry) in temporaries {
        unlink(temporary)
        UnfinishedFiles.remove(entry)
      }
    }
    for (path, pieces) in files {
      let target = try Target(path)
      let temporary = "\(target.folder)/.espalier-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).partial"
      temporaries.append((temporary, target.path, UnfinishedFiles.add(temporary)))
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { throw failure(path, "cannot be written") }
      defer { close(descriptor) }
      if let permissions = target.permissions, fchmod(descriptor, permissions) != 0 {
        throw failure(path, "cannot be given the permissions of the file it replaces")
      }
      for piece in pieces {
        guard append(piece, to: descriptor) else { throw failure(path, "cannot be written") }
      }
      guard fsync(descriptor) == 0 else { throw failure(path, "cannot be flushed to the disk") }
    }
    while let (temporary, target, entry) = temporaries.first {
      guard rename(temporary, target) == 0 else { throw failure(target, "cannot be replaced") }
      UnfinishedFiles.remove(entry)
      temporaries.removeFirst()
      flushFolder(of: target)
    }
  }

  /// Makes a rename durable. Some file systems cannot flush a folder; the file itself is whole either way.
  private static func flushFolder(of path: String) {
    let descriptor = open(folder(of: path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private static func failure(_ path: String, _ fault: String) -> EspalierError {
    EspalierError(.file, path, "\(fault): \(String(cString: strerror(errno)))")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Where a file is to go: links resolved, and what is there now looked at.
  private struct Target {
    var path: String
    var folder: String
    var permissions: mode_t?

    init(_ path: String) throws(EspalierError) {
      guard !path.isEmpty, !path.utf8.contains(0), !path.hasSuffix("/") else {
        throw EspalierError(.file, path.debugDescription, "is not the path of a file")
      }
      self.path = path
      var status = stat()
      if stat(path, &status) == 0 {
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw EspalierError(.file, path, "is a directory", remedy: "give the path of a file in it")
        default: throw EspalierError(.file, path, "is not a regular file", remedy: "write to a file and copy it there")
        }
        permissions = status.st_mode & 0o777
        if let resolved = realpath(path, nil) {
          self.path = String(cString: resolved)
          free(resolved)
        }
      }
      folder = AtomicFile.folder(of: self.path)
    }
  }
}

/// Writes all of `bytes`; whether that worked.
private func append(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
  bytes.withUnsafeBytes { buffer in
    var done = 0
    while done < buffer.count {
      let written = write(descriptor, buffer.baseAddress! + done, buffer.count - done)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { return false }
      done += written
    }
    return true
  }
}
