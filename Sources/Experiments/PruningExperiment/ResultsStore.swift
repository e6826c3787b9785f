import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierReports
import Foundation

/// The folder of one experiment: the dense network, the results so far, the report.
package struct ResultsStore: Sendable {
  private let folder: String
  /// The command, for the report.
  package let command: String

  /// The store in `folder`, which must exist; `command` is for the report.
  package init(_ folder: String, command: String) {
    self.folder = folder
    self.command = command
  }

  /// The names of the files in the folder.
  package static let fileNames = ["dense.onnx", "results.json", "report.html"]

  /// The path of the dense network.
  package var densePath: String { "\(folder)/\(Self.fileNames[0])" }
  /// The path of the results.
  package var resultsPath: String { "\(folder)/\(Self.fileNames[1])" }
  /// The path of the report.
  package var reportPath: String { "\(folder)/\(Self.fileNames[2])" }

  /// The results of an earlier run; `nil` if there was none.
  ///
  /// - Throws: `EspalierError` if `fits` rejects their settings, or the file is damaged.
  package func results<Results: Decodable>(_ type: Results.Type, fitting fits: (Results) -> Bool) throws -> Results? {
    guard FileManager.default.fileExists(atPath: resultsPath) else { return nil }
    let results = try JSONReport.read(type, from: resultsPath)
    guard fits(results) else {
      throw EspalierError(
        .file, resultsPath, "holds results of other settings", remedy: "repeat these, or name another folder")
    }
    return results
  }

  /// The dense network of an earlier run.
  package func dense() throws -> Model { try ONNXFile.read(densePath) }

  /// Stores the dense network.
  package func write(dense: Model) throws { try ONNXFile.write(dense, to: densePath) }

  /// Stores the results, and the report if there is one.
  package func write(_ results: some Encodable, _ report: Document?) throws {
    try JSONReport.write(results, to: resultsPath)
    try report?.write(to: reportPath)
  }
}
