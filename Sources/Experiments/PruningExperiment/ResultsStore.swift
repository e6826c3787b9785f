import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierReports
import Foundation

/// The folder of one experiment: the dense network, the results so far, the report.
package struct ResultsStore: Sendable {
  private let folder: String
  /// The command, which the report repeats.
  package let command: String

  /// The store in `folder`, which must be there; the report repeats `command`.
  package init(_ folder: String, command: String) {
    self.folder = folder
    self.command = command
  }

  /// The files that are kept in the folder.
  package static let fileNames = ["dense.onnx", "results.json", "report.html"]

  /// Where the dense network is.
  package var densePath: String { "\(folder)/\(Self.fileNames[0])" }
  /// Where the results are.
  package var resultsPath: String { "\(folder)/\(Self.fileNames[1])" }
  /// Where the report is.
  package var reportPath: String { "\(folder)/\(Self.fileNames[2])" }

  /// The results of an earlier run; `nil` if there was none.
  ///
  /// - Throws: `EspalierError` if they are not of the settings that `fits` asks for, or the file is damaged.
  package func results<Results: Decodable>(_ type: Results.Type, fitting fits: (Results) -> Bool) throws -> Results? {
    guard FileManager.default.fileExists(atPath: resultsPath) else { return nil }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let data = Data(try FileContents.read(resultsPath))
    guard let results = try? decoder.decode(type, from: data) else {
      throw EspalierError(
        .file, resultsPath, "is not the results of this experiment", remedy: "remove it, or name another folder")
    }
    guard fits(results) else {
      throw EspalierError(
        .file, resultsPath, "holds results of other settings", remedy: "repeat these, or name another folder")
    }
    return results
  }

  /// The dense network of an earlier run.
  package func dense() throws -> Model { try ONNXFile.read(densePath) }

  /// Keeps the dense network.
  package func write(dense: Model) throws { try ONNXFile.write(dense, to: densePath) }

  /// Keeps the results, and the report on them if there is one.
  package func write(_ results: some Encodable, _ report: Document?) throws {
    try JSONReport.write(results, to: resultsPath)
    try report?.write(to: reportPath)
  }
}
