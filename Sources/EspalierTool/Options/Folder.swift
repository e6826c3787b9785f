import EspalierFiles
import Foundation

/// A folder that results are written to.
struct Folder {
  private let root: String

  /// Makes the folder if it is not there.
  init(_ path: String) throws(EspalierError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw EspalierError(.file, path, "cannot be made: \(error.localizedDescription)", remedy: "name another folder")
    }
    root = path
  }

  /// The path of a file in it.
  func path(_ name: String) -> String { "\(root)/\(name)" }
}
