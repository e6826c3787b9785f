import ArgumentParser
import EspalierArchitectures
import EspalierFiles
import EspalierONNX
import EspalierReports

extension New {
  /// `espalier new bert`.
  struct BERTEncoder: ResourceCommand {
    static let configuration = CommandConfiguration(
      commandName: "bert",
      abstract: "BERT, from the files that the library transformers keeps a network in, or with initial weights.",
      discussion: """
        The tokenizer's files that lie beside the configuration are put beside the network, where other commands look \
        for them. A task's own layers get initial weights where the file has none.

        EXAMPLE:
          espalier new bert --config minilm/config.json --weights minilm/model.safetensors --labels 3 -o \
        out/classifier.onnx
        """)

    /// The task of the network.
    enum TaskArgument: String, ExpressibleByArgument, CaseIterable {
      case classification, features
    }

    @Option(help: "The network's config.json (default: BERT-base, uncased).") var config: String?
    @Option(help: "Its weights, a file of the format safetensors (default: initial ones).") var weights: String?
    @Option(help: "classification (logits of classes), or features (the hidden state at every place).")
    var task = TaskArgument.classification
    @Option(help: "With classification: how many classes.") var labels = 2
    @Option(help: "Initial weights follow from it.") var seed: UInt64 = 0
    @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
    @OptionGroup var resources: ResourceOptions

    func validate() throws {
      guard (1...100_000).contains(labels) else { throw ValidationError("--labels takes a number from 1 to 100000") }
    }

    func run() throws {
      try OutputPlan(
        reading: [
          .file(config, "--config"), .tokenizer(beside: config, "--config"), .file(weights, "--weights"),
        ],
        writing: [.network(output, "--output", tokenizerBeside: config)]
      ).check()
      let network = try config.map { path throws(EspalierError) in try BERT(configuration: path) } ?? BERT()
      let task: BERT.Task = task == .features ? .features : .classification(labels: labels)
      let stored = try weights.map { path throws(EspalierError) in try BERTWeights(path) }
      let (model, initial) = try network.model(task, weights: stored, seed: seed)
      try ONNXFile.write(model, to: output)
      let copied =
        try config.map { path throws(EspalierError) in try TokenizerFiles.copy(beside: path, to: output) } ?? []
      if stored != nil, !initial.isEmpty {
        try StandardOutput.print("initial weights for \(initial.joined(separator: ", "))")
      }
      if !copied.isEmpty { try StandardOutput.print("tokenizer beside it: \(copied.joined(separator: ", "))") }
    }
  }
}
