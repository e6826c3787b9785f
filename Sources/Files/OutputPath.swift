import Foundation

/// A place where a result will be written, checked before the work for it begins.
package enum OutputPath {
  /// Refuses a path that cannot be written: no such folder, no permission, or a folder of that name.
  ///
  /// - Throws: `EspalierError` that names the path and the fault.
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
