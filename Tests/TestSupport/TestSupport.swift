import EspalierFiles
import Foundation

/// A directory for one test, removed when the test lets go of it.
package final class TemporaryDirectory {
  /// The path.
  package let path: String

  /// Makes the directory.
  package init() throws {
    path = NSTemporaryDirectory() + "espalier-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  package func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }
}

/// The error that `body` throws, or `nil`.
package func dataError<Value>(_ body: () throws(EspalierError) -> Value) -> EspalierError? {
  do throws(EspalierError) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}
