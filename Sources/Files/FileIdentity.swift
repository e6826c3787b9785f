import Foundation

/// The file to which a path leads: `a/../b`, symbolic links and hard links to the same file are equal.
///
/// An existing file is identified by its device and inode; a missing one, by its folder and name.
package struct FileIdentity: Hashable, Sendable {
  private enum Place: Hashable {
    case file([UInt64])
    case entry(folder: [UInt64], name: String)
    case path(String)
  }

  private let place: Place
  /// Whether the file exists.
  package let exists: Bool

  /// The file to which `path` currently leads.
  package init(_ path: String) {
    if let file = try? FileStatus(path).identity {
      (place, exists) = (.file(file), true)
      return
    }
    exists = false
    let path = LinkedPath.resolve(path)
    let name = (path as NSString).lastPathComponent
    let folder = (path as NSString).deletingLastPathComponent
    if let number = try? FileStatus(folder.isEmpty ? "." : folder).identity {
      place = .entry(folder: number, name: name)
    } else {
      place = .path(URL(fileURLWithPath: path).standardizedFileURL.path)
    }
  }

  /// Whether the file lies in `folder` or in a folder below it; symbolic links are resolved first.
  package static func isFile(_ path: String, below folder: String) -> Bool {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().pathComponents
    let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().pathComponents
    return file.count > root.count && file.starts(with: root)
  }
}
