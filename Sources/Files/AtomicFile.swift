import Foundation
import SystemPackage

/// Files that are written whole or not at all.
package enum AtomicFile {
  /// Replaces the contents of the file at `path` by `bytes`.
  ///
  /// The bytes are written to a temporary file in the same folder, flushed to the disk and renamed: readers see the old
  /// file or the new one, even after a crash or a signal (``UnfinishedFiles``). A symbolic link is kept and its target
  /// replaced; permissions are kept.
  ///
  /// - Throws: `EspalierError` if the folder is missing, full or not writable, or `path` is not a regular file. Nothing
  ///   is then changed or left behind.
  package static func write(_ bytes: [UInt8], to path: String) throws(EspalierError) {
    try write([(path, [.memory(bytes)])])
  }

  /// Replaces the contents of the file at `path` by `data`, as ``write(_:to:)`` does for an array.
  package static func write(_ data: Data, to path: String) throws(EspalierError) {
    try write([UInt8](data), to: path)
  }

  /// Writes several files that belong together, each the concatenation of its pieces.
  ///
  /// All are written to temporary files before the first is renamed, in the order given: put the file that refers to
  /// the others last. Pieces are written separately, so that nothing is copied to join them.
  ///
  /// - Throws: `EspalierError` as ``write(_:to:)`` does.
  package static func write(_ files: [(path: String, pieces: [ByteStorage])]) throws(EspalierError) {
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
      let file: FileDescriptor
      do throws(Errno) {
        file = try FileDescriptor.opening(
          temporary, .writeOnly, [.create, .exclusiveCreate], permissions: FilePermissions(rawValue: 0o666))
      } catch {
        throw failure(path, "cannot be written", error)
      }
      defer { file.closeQuietly() }
      if let permissions = target.permissions, fchmod(file.rawValue, permissions.rawValue) != 0 {
        throw failure(path, "cannot be given the permissions of the file it replaces")
      }
      do throws(Errno) {
        for piece in pieces { try file.writeWhole(piece) }
      } catch {
        throw failure(path, "cannot be written", error)
      }
      guard fsync(file.rawValue) == 0 else { throw failure(path, "cannot be flushed to the disk") }
    }
    while let (temporary, target, entry) = temporaries.first {
      guard rename(temporary, target) == 0 else { throw failure(target, "cannot be replaced") }
      UnfinishedFiles.remove(entry)
      temporaries.removeFirst()
      flushFolder(of: target)
    }
  }

  /// Removes the temporary files in the folder of `path` whose process has ended without doing so, as one that was
  /// killed.
  ///
  /// Processes of other machines that share the folder are not known: call it only where they do not write there.
  package static func removeAbandoned(beside path: String) {
    let folder = folder(of: path)
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard name.hasPrefix(".espalier-"), name.hasSuffix(".partial"),
        let process = pid_t(name.dropFirst(".espalier-".count).prefix { $0 != "-" }),
        kill(process, 0) != 0, errno == ESRCH
      else { continue }
      unlink("\(folder)/\(name)")
    }
  }

  /// Makes a rename durable. Some file systems cannot flush a folder; the file is whole in either case.
  private static func flushFolder(of path: String) {
    guard let file = try? FileDescriptor.opening(folder(of: path), .readOnly) else { return }
    fsync(file.rawValue)
    file.closeQuietly()
  }

  private static func failure(
    _ path: String, _ fault: String, _ reason: Errno = Errno(rawValue: errno)
  ) -> EspalierError {
    EspalierError(.file, path, "\(fault): \(reason)")
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The target of a write: its path with links resolved, and the status of the existing file.
  private struct Target {
    var path: String
    var folder: String
    var permissions: FilePermissions?

    init(_ path: String) throws(EspalierError) {
      guard !path.isEmpty, !path.utf8.contains(0), !path.hasSuffix("/") else {
        throw EspalierError(.file, path.debugDescription, "is not the path of a file")
      }
      if let status = try? FileStatus(path) {
        switch status.kind {
        case .regular: break
        case .directory: throw EspalierError(.file, path, "is a directory", remedy: "give the path of a file in it")
        default: throw EspalierError(.file, path, "is not a regular file", remedy: "write to a file and copy it there")
        }
        permissions = status.permissions
      }
      self.path = LinkedPath.resolve(path)
      folder = AtomicFile.folder(of: self.path)
    }
  }
}
