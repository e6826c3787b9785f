import EspalierFiles
import Foundation

/// The results of a long job part by part, each in a file of a folder as soon as it is there: a job that was
/// interrupted finds them and goes on.
///
///     let kept = try KeptResults(in: folder, settings: ["seed": "0"])
///     for step in steps { outcomes.append(try kept.value("step \(step)") { try run(step) }) }
///
/// The settings lie beside the results, and results of other settings are refused.
package struct KeptResults: Sendable {
  /// The folder; `nil` if nothing is kept.
  package let folder: String?

  /// Results that are not kept.
  package static let none = KeptResults()

  private init() { folder = nil }

  /// The results in `folder`, which is created if it does not exist; nothing is kept if it is `nil`.
  ///
  /// - Parameter settings: All that the results depend on, as names and values.
  /// - Throws: `EspalierError` if the folder cannot be made, or holds results of other settings.
  package init(in folder: String?, settings: [String: String]) throws(EspalierError) {
    self.folder = folder
    guard let folder else { return }
    let path = "\(folder)/settings.json"
    do {
      try FileManager.default.createDirectory(atPath: "\(folder)/results", withIntermediateDirectories: true)
    } catch {
      throw EspalierError(.file, folder, "cannot be made: \(error.localizedDescription)", remedy: "name another folder")
    }
    guard FileManager.default.fileExists(atPath: path) else {
      try JSONReport.write(settings, to: path)
      return
    }
    let present = try JSONReport.read([String: String].self, from: path)
    for name in Set(settings.keys).union(present.keys).sorted() where settings[name] != present[name] {
      throw EspalierError(
        .file, path,
        "holds results of other settings: \(name) was \(present[name] ?? "not set"), and is "
          + "\(settings[name] ?? "not set")", remedy: "repeat these, or name another folder")
    }
  }

  /// The value called `name`: the one that is kept, or else the one that `compute` makes, which is kept from then on.
  ///
  /// - Parameter name: Unique among the results; the file is called after it, with `-` for what is no letter or digit.
  /// - Throws: `EspalierError` if the file is damaged or cannot be written, or as `compute` does.
  package func value<Value: Codable>(
    _ name: String, _ compute: () throws(EspalierError) -> Value
  ) throws(EspalierError) -> Value {
    guard let path = path(of: name) else { return try compute() }
    if FileManager.default.fileExists(atPath: path) { return try JSONReport.read(Value.self, from: path) }
    let value = try compute()
    try JSONReport.write(value, to: path)
    return value
  }

  /// The names of the files that are kept so far, without their endings, in order.
  package var names: [String] {
    guard let folder else { return [] }
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/results")) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  private func path(of name: String) -> String? {
    let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".")) }
    return folder.map { "\($0)/results/\(words.joined(separator: "-")).json" }
  }
}
