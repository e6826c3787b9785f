import ArgumentParser
import EspalierFiles
import EspalierONNX
import EspalierRegression
import EspalierWorkflows

/// The model that a fit begins with, and the network that it writes.
struct ModelFileOptions: ParsableArguments {
  @Option(
    name: .customLong("continue"), help: "Begin at this model, as --model wrote it, of the same columns and levels.")
  var beginning: String?
  @Option(help: "Write the model as ONNX, with an input for each column, to this file.") var onnx: String?

  func validate() throws {
    guard onnx != "-" else {
      throw ValidationError("--onnx - is not possible: standard output takes text alone; name a file")
    }
  }

  /// The model to begin at, as an input; `nil` if there is none, or the fit replaces it.
  func input(replacedBy model: String?) -> PlannedInput? {
    guard let beginning, model.map({ FileIdentity($0) != FileIdentity(beginning) }) ?? true else { return nil }
    return .file(beginning, "--continue")
  }

  /// The network to write.
  var output: PlannedOutput? { onnx.map { .network($0, "--onnx") } }

  /// The coefficients to begin at; `nil` to begin anew.
  func start(
    for data: RegressionData, family: Family, _ columns: ColumnOptions, intercept: Bool
  ) throws(EspalierError) -> [LinearPredictor]? {
    guard let beginning else { return nil }
    do throws(EspalierError) {
      return try FittedModel.read(beginning).start(
        for: data, family: family, offset: columns.offset, exposure: columns.exposure, intercept: intercept)
    } catch {
      throw error.kind == .data ? error.within(beginning) : error
    }
  }

  /// Checks, before the fit, that the network that is asked for can be written.
  ///
  /// - Throws: `EspalierError` if ONNX is not written for such a model.
  func check(_ data: RegressionData, _ columns: ColumnOptions) throws(EspalierError) {
    guard onnx != nil else { return }
    try LinearModelNetwork.check(data.input, hasOffset: columns.offset != nil || columns.exposure != nil)
  }

  /// Writes the network of `model`, if it is asked for.
  func write(_ model: FittedModel) throws(EspalierError) {
    if let onnx { try ONNXFile.write(try LinearModelNetwork.model(of: model), to: onnx) }
  }
}
