import ArgumentParser
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierONNX
import EspalierOperators
import EspalierReports

/// A model named on the command line.
struct ModelFile: ExpressibleByArgument {
  let path: String

  init(argument: String) {
    path = argument
  }

  /// Reads the file for a command that needs the whole network, and checks its consistency.
  ///
  /// - Throws: `EspalierError` that names a node with an unknown operator, too.
  func read() throws(EspalierError) -> Model {
    let model = try ONNXFile.read(path)
    guard let cause = model.graph.separatingUnknownOperators().opaque?.causes.first else { return model }
    throw OperatorRegistry.unknown(cause.op, node: cause.node).within(path)
  }

  /// Reads the file for a command that can do without a part of the network: nodes with unknown operators, and what
  /// depends on them, are set aside, which is said on standard error.
  func readWhatIsKnown() throws(EspalierError) -> Model {
    var model = try ONNXFile.read(path)
    model.graph = model.graph.separatingUnknownOperators()
    if let opaque = model.graph.opaque { StandardError.warn(opaque.sentence) }
    return model
  }

  /// Runs `body`, and adds the file's name to errors about the model.
  ///
  /// Models are read outside `body`, because errors of reading already name the file.
  func blame<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as EspalierError where error.kind == .model {
      throw error.within(path)
    }
  }
}
