import ArgumentParser
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierONNX
import EspalierOperators
import EspalierPruning
import EspalierReports

/// A model named on the command line.
struct ModelFile: ExpressibleByArgument {
  let path: String

  init(argument: String) {
    path = argument
  }

  /// Reads the file for a command that needs the whole network, and checks its consistency.
  ///
  /// - Parameter rules: What a user says of unknown operators.
  /// - Throws: `EspalierError` that names a node with an unknown operator, too, or one that is not computed.
  func read(_ rules: OperatorRules? = nil) throws(EspalierError) -> Model {
    let model = try readNodes(rules)
    if let node = model.graph.standIns.first {
      throw OperatorRegistry.unknown(node.fileOperator, node: node.label).within(path)
    }
    guard let cause = model.graph.separatingWhatIsNotRun().opaque?.causes.first else { return statingBatch(model) }
    throw (cause.error ?? OperatorRegistry.unknown(cause.op, node: cause.node)).within(path)
  }

  /// Reads the file for a command that can do without a part of the network: nodes with unknown operators, and what
  /// depends on them, are set aside, which is said on standard error.
  ///
  /// - Parameter rules: What a user says of unknown operators, which are then not set aside.
  func readWhatIsKnown(_ rules: OperatorRules? = nil) throws(EspalierError) -> Model {
    var model = try readNodes(rules)
    model.graph = model.graph.separatingWhatIsNotRun()
    if let opaque = model.graph.opaque { StandardError.warn(opaque.sentence) }
    return statingBatch(model)
  }

  /// Reads the file for a command that runs nodes one by one where shapes follow from data: only nodes that cannot be
  /// run at all are said on standard error.
  func readWhatCanBeRun() throws(EspalierError) -> Model {
    var model = try readNodes(nil)
    model.graph = model.graph.separatingWhatIsNotRun()
    if let opaque = model.graph.opaque, opaque.nodes.contains(where: { !Interpreter.runs($0.op) }) {
      StandardError.warn(opaque.sentence)
    }
    return statingBatch(model)
  }

  /// `model` with the batch that it holds for, if an exporter wrote that into its nodes although the inputs are open.
  private func statingBatch(_ model: Model) -> Model {
    guard let batch = model.graph.onlyBatch else { return model }
    StandardError.warn(
      "the inputs of \(path) leave the batch open, but its nodes hold for a batch of \(batch) alone: "
        + "it is taken as that"
    )
    var model = model
    model.graph = model.graph.stating(batch: batch)
    return model
  }

  private func readNodes(_ rules: OperatorRules?) throws(EspalierError) -> Model {
    var model = try ONNXFile.read(path)
    guard let rules else { return model }
    for op in rules.unused(in: model.graph) { StandardError.warn("the rules speak of \(op), which no node has") }
    model.graph = model.graph.reading(rules)
    return model
  }

  /// Runs `body`, and adds the file's name to errors about the model.
  ///
  /// Models are read outside `body`, because errors of reading already name the file.
  func blame<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as EspalierError where [.model, .unsupported].contains(error.kind) {
      throw error.within(path)
    }
  }
}
