import Foundation

/// An output path, checked before the work for it begins.
package enum OutputPath {
  /// Checks that `path` can be written: its folder exists and permits it, and it is not itself a folder.
  ///
  /// - Throws: `EspalierError` that names the path and the fault if it cannot.
  package static func check(_ path: String) throws(EspalierError) {
    guard path != "-" else { return }
    var isFolder: ObjCBool = false
    let manager = FileManager.default
    if manager.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue { throw EspalierError(.file, path, "is a folder", remedy: "name a file in it") }
      guard manager.isWritableFile(atPath: path) else {
        throw EspalierError(.file, path, "exists and may not be written")
      }
    }
    let parent = (path as NSString).deletingLastPathComponent
    let folder = parent.isEmpty ? "." : parent
    guard manager.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw EspalierError(
        .file, path, "cannot be written: the folder \(folder) does not exist", remedy: "make it first")
    }
    guard manager.isWritableFile(atPath: folder) else {
      throw EspalierError(.file, path, "cannot be written: the folder \(folder) may not be written to")
    }
  }
}
