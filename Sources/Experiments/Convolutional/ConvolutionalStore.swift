import Files
import Foundation
import Graph
import ONNX
import Reports

/// The folder of one experiment on convolutional networks: the dense network, the results so far, the report.
public struct ConvolutionalStore: Sendable {
  private let folder: String
  private let command: String

  /// The store in `folder`, which must be there; the report repeats `command`.
  public init(_ folder: String, command: String) {
    self.folder = folder
    self.command = command
  }

  /// Where the dense network is.
  public var densePath: String { folder + "/dense.onnx" }
  /// Where the results are.
  public var resultsPath: String { folder + "/results.json" }
  /// Where the report is.
  public var reportPath: String { folder + "/report.html" }

  /// The results of an earlier run with the same settings; none if there was no run.
  ///
  /// - Throws: `DataError` if there are results of other settings, or the file is damaged.
  public func results(_ settings: ConvolutionalResults.Settings) throws -> ConvolutionalResults {
    guard FileManager.default.fileExists(atPath: resultsPath) else { return ConvolutionalResults(settings) }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    let data = Data(try FileContents.read(resultsPath))
    guard let results = try? decoder.decode(ConvolutionalResults.self, from: data) else {
      throw DataError(resultsPath, "is not the results of this experiment", remedy: "remove it, or name another folder")
    }
    guard results.settings == settings else {
      throw DataError(
        resultsPath, "holds results of other settings", remedy: "repeat these, or name another folder")
    }
    return results
  }

  /// The dense network of an earlier run.
  func dense() throws -> Model { try ONNXFile.read(densePath) }

  /// Keeps the dense network.
  func write(dense: Model) throws { try ONNXFile.write(dense, to: densePath) }

  /// Keeps the results, and reports on them.
  func write(_ results: ConvolutionalResults) throws {
    try JSONReport.write(results, to: resultsPath)
    try results.document(command: command)?.write(to: reportPath)
  }
}
