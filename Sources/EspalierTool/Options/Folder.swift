import EspalierFiles
import Foundation

/// An output folder.
struct Folder {
  private let root: String

  /// Creates the folder if it does not exist.
  init(_ path: String) throws(EspalierError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw EspalierError(.file, path, "cannot be made: \(error.localizedDescription)", remedy: "name another folder")
    }
    root = path
  }

  /// The path of a file in the folder.
  func path(_ name: String) -> String { "\(root)/\(name)" }
}
