import EspalierFiles
import Foundation

/// A temporary folder of this process, for parsers that read a path. `Scripts/fuzz` removes what is left in `TMPDIR`.
struct ScratchFolder: Sendable {
  /// The folder of this process.
  static let shared = ScratchFolder()

  private let path = NSTemporaryDirectory() + "/espalier-fuzzing-\(getpid())"

  /// Writes `bytes` to the file `name` in the folder and returns its path.
  func write(_ bytes: [UInt8], to name: String) throws(EspalierError) -> String {
    let file = "\(path)/\(name)"
    do {
      let folder = (file as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: file))
    } catch {
      fatalError("\(file) cannot be written: \(error)")
    }
    return file
  }
}
