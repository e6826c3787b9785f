import ArgumentParser
import EspalierEngine
import EspalierFiles
import EspalierOperators
import EspalierTensors

/// `espalier run`.
struct Run: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Runs a network on NumPy files or other data.",
    discussion: """
      Inputs and outputs are taken in the network's order, or by NAME=FILE.npy. An .npz feeds the inputs that are \
      called as its arrays; a directory of images, or other data, is fed as one batch.

      EXAMPLES:
        espalier run model.onnx --input images.npy --output logits.npy
        espalier run model.onnx --input inputs.npz --output logits.npy
        espalier run model.onnx --input images/ --output logits.npy
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      "An input, once for each: an array, an archive of arrays called as the inputs, or data as prune takes it.",
      valueName: "[NAME=]DATA"))
  var input: [String] = []
  @Option(help: ArgumentHelp("An output, once for each.", valueName: "[NAME=]FILE.npy")) var output: [String] = []
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("at least one --output is needed") }
  }

  func run() throws {
    let model = try model.readWhatCanBeRun()
    let graph = model.graph
    let outputs = try NamedValue.assign(output, to: graph.results, kind: "output", of: self.model.path)
    try OutputPlan(
      reading: [.model(self.model)] + PlannedInput.data(input.map(DataArgument.init(argument:)), "--input"),
      writing: outputs.values.sorted().map { .array($0, "--output") }
    ).check()
    let tensors = try RunInputs(of: model, in: self.model).tensors(input)
    let results = try self.model.blame {
      try graph.values(of: outputs.keys.sorted(), for: tensors, on: options.chosenBackend)
    }
    for (name, path) in outputs.sorted(by: { $0.key < $1.key }) { try NPY.write(results[name]!, to: path) }
  }
}
