import Foundation
import Testing

/// A committed text that the tool's words must equal.
///
/// With `ESPALIER_UPDATE_SNAPSHOTS=1` in the environment, tests write their snapshots anew.
struct Snapshot {
  /// Tells whether snapshots are written instead of compared.
  static let isUpdating = ProcessInfo.processInfo.environment["ESPALIER_UPDATE_SNAPSHOTS"] == "1"

  /// The fixtures in the sources, where they can be written.
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  private static let remedy = "if it is meant, run the tests with ESPALIER_UPDATE_SNAPSHOTS=1"

  /// The path in the fixtures.
  let name: String

  private var file: URL { Self.folder.appendingPathComponent(name) }

  /// Compares `text` with the committed one, or writes it.
  func compare(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    if Self.isUpdating {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return
    }
    let committed = try String(contentsOf: file, encoding: .utf8)
    let (old, new) = (committed.components(separatedBy: "\n"), text.components(separatedBy: "\n"))
    guard let line = (0..<max(old.count, new.count)).first(where: { old.at($0) != new.at($0) }) else { return }
    Issue.record(
      """
      \(name), line \(line + 1), is not as committed; \(Self.remedy)
      committed: \(old.at(line) ?? "(no such line)")
      now:       \(new.at(line) ?? "(no such line)")
      """, sourceLocation: sourceLocation)
  }

  /// Expects the snapshots in `subfolder` to be these and no more, or removes the others.
  static func expectOnly(_ names: Set<String>, in subfolder: String) throws {
    let folder = folder.appendingPathComponent(subfolder)
    let stale = try Set(FileManager.default.contentsOfDirectory(atPath: folder.path)).subtracting(names)
    if isUpdating {
      for name in stale { try FileManager.default.removeItem(at: folder.appendingPathComponent(name)) }
    } else {
      #expect(stale.isEmpty, "no test has these snapshots; \(remedy)")
    }
  }
}

extension Array {
  fileprivate func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
