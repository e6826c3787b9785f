import ArgumentParser
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierOperators
import EspalierTensors

/// `espalier run`.
struct Run: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a network on NumPy files.",
    discussion: """
      Inputs and outputs are taken in the network's order, or by NAME=FILE.npy.

      EXAMPLE:
        espalier run model.onnx --input images.npy --output logits.npy
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(help: ArgumentHelp("An input, once for each.", valueName: "[NAME=]FILE.npy")) var input: [String] = []
  @Option(help: ArgumentHelp("An output, once for each.", valueName: "[NAME=]FILE.npy")) var output: [String] = []
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("at least one --output is needed") }
  }

  func run() throws {
    let graph = try model.readWhatIsKnown().graph
    let inputs = try assign(input, to: graph.feeds.map(\.name), kind: "input")
    let outputs = try assign(output, to: graph.outputs.map(\.name), kind: "output")
    try OutputPlan(
      reading: [.model(model)] + inputs.values.map { .file($0, "--input") },
      writing: outputs.values.sorted().map { .array($0, "--output") }
    ).check()
    if let missing = graph.feeds.first(where: { inputs[$0.name] == nil }) {
      throw EspalierError(
        .argument, "\(model.path), input \"\(missing.name)\"", "is given no data",
        remedy: "add --input \(missing.name)=FILE.npy")
    }
    var tensors: [String: Tensor] = [:]
    for feed in graph.feeds { tensors[feed.name] = try read(inputs[feed.name]!, for: feed) }
    let results = try model.blame {
      let plan = try Plan(graph, feeds: tensors.mapValues(TensorType.init(of:)), results: outputs.keys.sorted())
      return try Session(plan, on: options.chosenBackend).run(tensors)
    }
    for (name, path) in outputs.sorted(by: { $0.key < $1.key }) { try NPY.write(results[name]!, to: path) }
  }

  /// The file of each value: by the name in front of an equals sign, or else in order.
  private func assign(_ arguments: [String], to names: [String], kind: String) throws(EspalierError) -> [String: String]
  {
    var files: [String: String] = [:]
    var open = names[...]
    for argument in arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if parts.count == 2, names.contains(parts[0]) {
        files[parts[0]] = parts[1]
        open.removeAll { $0 == parts[0] }
      } else if let name = open.popFirst() {
        files[name] = argument
      } else {
        throw EspalierError(
          .argument, "\(model.path), \(kind) \"\(argument)\"", "is one more than the network has",
          remedy: "its \(kind)s are: \(names.joined(separator: ", "))")
      }
    }
    return files
  }

  /// The tensor in a file, converted to the precision of `feed`, and checked against its shape.
  /// shape.
  private func read(_ path: String, for feed: ValueInfo) throws(EspalierError) -> Tensor {
    var tensor = try NPY.read(path)
    if feed.elementType == .float32, tensor.elementType != .float32, let floats = tensor.floats() {
      tensor = Tensor(shape: tensor.shape, floats)
    }
    let declared = feed.dimensions ?? []
    guard feed.dimensions == nil || declared.count == tensor.shape.rank,
      zip(declared.dropFirst(), tensor.shape.dropFirst()).allSatisfy({ $0.size == nil || $0.size == $1 })
    else {
      throw EspalierError(
        .data, path,
        "has shape \(tensor.shape), and input \"\(feed.name)\" wants "
          + declared.map(\.description).joined(separator: " x "))
    }
    return tensor
  }
}
