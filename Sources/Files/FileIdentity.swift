import Foundation

/// Which file a path leads to, however it is written: `a/../b`, symbolic and hard links of one file are equal.
///
/// A file that is there is known by its device and number; one that is not, by its folder and name.
package struct FileIdentity: Hashable, Sendable {
  private enum Place: Hashable {
    case file([UInt64])
    case entry(folder: [UInt64], name: String)
    case path(String)
  }

  private let place: Place
  /// Whether there is such a file.
  package let exists: Bool

  /// The file that `path` leads to now.
  package init(_ path: String) {
    if let file = try? FileStatus(path).identity {
      (place, exists) = (.file(file), true)
      return
    }
    exists = false
    let name = (path as NSString).lastPathComponent
    let folder = (path as NSString).deletingLastPathComponent
    if let number = try? FileStatus(folder.isEmpty ? "." : folder).identity {
      place = .entry(folder: number, name: name)
    } else {
      place = .path(URL(fileURLWithPath: path).standardizedFileURL.path)
    }
  }

  /// Whether the file lies in `folder` or in a folder within; symbolic links are followed first.
  package static func isFile(_ path: String, below folder: String) -> Bool {
    let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().pathComponents
    let root = URL(fileURLWithPath: folder).resolvingSymlinksInPath().pathComponents
    return file.count > root.count && file.starts(with: root)
  }
}
