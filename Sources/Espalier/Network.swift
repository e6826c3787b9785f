import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierInference
import EspalierONNX
import EspalierOperators
import EspalierTensors
import Foundation

/// A neural network: a value that is read from an ONNX file, made smaller, trained on, compared and written.
///
/// ```swift
/// let network = try Network(contentsOf: "model.onnx")
/// let small = try network.pruned(keeping: 0.5, on: Samples("images/")).network
/// try small.write(to: "small.onnx")
/// ```
public struct Network: Sendable {
  var model: Model
  let folder: String?

  /// Reads an ONNX file, and the files of external data beside it.
  ///
  /// Nodes whose operator is unknown, and all that depend on them, are kept as they are: not run, not changed, and
  /// written with the rest (``notRun``).
  ///
  /// - Throws: `EspalierError` of kind `file` or `model`.
  public init(contentsOf path: String) throws(EspalierError) {
    model = try ONNXFile.read(path)
    model.graph = model.graph.separatingUnknownOperators()
    folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
  }

  /// Writes an ONNX file, whole or not at all.
  ///
  /// - Throws: `EspalierError` of kind `file` where it cannot be written.
  public func write(to path: String) throws(EspalierError) {
    try ONNXFile.write(model, to: path)
  }

  /// The names of the inputs, in order.
  public var inputs: [String] { graph.feeds.map(\.name) }

  /// The names of the outputs, in order; behind those of the network, the values that go into nodes that are not run.
  public var outputs: [String] { graph.outputs.map(\.name) }

  /// The nodes with unknown operators that hold a part of the network, as `Operator "name"`; empty if all of it is run.
  public var notRun: [String] { graph.opaque?.causes.map(\.description) ?? [] }

  /// Runs the network on values for its inputs, by name, and returns its outputs by name.
  ///
  /// - Throws: `EspalierError` where an input is missing or does not fit.
  public func run(_ values: [String: Values]) throws(EspalierError) -> [String: Values] {
    let tensors = values.mapValues(\.tensor)
    let plan = try Plan(graph, feeds: tensors.mapValues(TensorType.init(of:)), results: outputs)
    var answers: [String: Values] = [:]
    for (name, tensor) in try Session(plan).run(tensors) {
      answers[name] = try Values(tensor, subject: "output \"\(name)\"")
    }
    return answers
  }

  var graph: Graph { model.graph }

  /// The same network with another graph.
  func replacing(_ graph: Graph) -> Network {
    var network = self
    network.model.graph = graph
    return network
  }
}
