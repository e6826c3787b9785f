import ArgumentParser
import EspalierDatasets
import EspalierExperiments
import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierPruning
import EspalierReports
import EspalierWorkflows

/// `espalier demo`.
struct Demo: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains, prunes and verifies a network on Fashion-MNIST, and writes a report.",
    discussion: """
      Writes dense.onnx, one pruned network for each size (by the default method) and report.html.

      EXAMPLE:
        espalier demo --output-directory demo-output
      """)

  @Option(help: "The folder with the four files of Fashion-MNIST.") var data = "/usr/share/datasets/fashion-mnist"
  @Option(help: "The folder to write to; made if it is not there.") var outputDirectory = "demo-output"
  @Option(help: "How often every sample is seen in training.") var epochs = 5
  @Option(help: "Train and prune so many networks and report means.") var seeds = 1
  @Option(help: "Unlabelled samples that pruning looks at.") var samples = 2048
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allowsRepetitions(epochs, seeds) else {
      throw ValidationError("--epochs and --seeds take \(Count.repetitionWords)")
    }
    guard Count.allows(samples) else { throw ValidationError("--samples takes \(Count.words)") }
  }

  func run() throws {
    let location = "fashion-mnist:\(data)"
    let experiment = TwoLayerExperiment(
      recipe: TwoLayerRecipe(epochs: epochs), sampleCount: samples, seeds: (0..<UInt64(seeds)).map { $0 })
    let names = ["dense.onnx", "report.html"] + experiment.sizes.map { "pruned-\($0).onnx" }
    try OutputPlan(
      reading: [.data(DataArgument(argument: location), "--data")],
      writing: PlannedOutput.files(names, in: outputDirectory, "--output-directory")
    ).check()
    let folder = try Folder(outputDirectory)
    let source = try DatasetLocation(parsing: location)
    let (train, test) = (try source.open(split: .train), try source.open(split: .test))
    var graphs: [Int: Graph] = [:]
    let outcome = try experiment.run(train: train, test: test, options) { pruned, graph in
      // The networks of the first seed come first.
      if pruned.title == MethodComparison.Contender.usual().title, graphs[pruned.kept] == nil {
        graphs[pruned.kept] = graph
      }
    }

    try ONNXFile.write(outcome.models[0], to: folder.path("dense.onnx"))
    let kept = graphs.keys.sorted(by: >)
    for size in kept {
      var model = outcome.models[0]
      model.graph = graphs[size]!
      try ONNXFile.write(model, to: folder.path("pruned-\(size).onnx"))
    }
    let latency = try LatencyComparison(
      of: kept.last.flatMap { graphs[$0] } ?? outcome.models[0].graph, against: outcome.models[0].graph)
    let report = DemoReport(
      outcome, dataset: "Fashion-MNIST", latency: latency, command: CommandLine.arguments.joined(separator: " "))
    try report.document.write(to: folder.path("report.html"))

    for table in outcome.summary.accuracyTables {
      try StandardOutput.print(TextTable(table, for: .standardOutput).text + "\n")
    }
    try StandardOutput.print(
      "surgery was exact for every network, which says nothing of accuracy; the smallest is \(latency.verdict)")
    try StandardOutput.print(
      "dense.onnx, \(kept.map { "pruned-\($0).onnx" }.joined(separator: ", ")) and report.html are in "
        + outputDirectory
    )
  }
}

extension TwoLayerExperiment {
  /// Runs the experiment with progress lines on standard error.
  ///
  /// - Parameter pruned: Called after each pruned network, with its graph unless its results were kept before.
  func run(
    train: any Dataset, test: any Dataset, keptIn kept: KeptResults = .none, _ options: RunOptions,
    pruned: (MethodComparison.Outcome, Graph?) -> Void = { _, _ in }
  ) throws -> Outcome {
    let batch = recipe.options.batchSize
    let training = options.progress(
      "training", total: recipe.options.epochs * (train.count / batch) * batch * seeds.count, unit: "samples")
    var pruning: ProgressLine?
    let outcome = try run(train: train, test: test, keptIn: kept) { stage in
      switch stage {
      case .training(let progress, let network):
        training.advance(
          by: batch,
          note: "network \(network + 1)/\(seeds.count) epoch \(progress.epoch)/\(recipe.options.epochs) "
            + "loss \(Format.number(progress.loss, digits: 3))")
      case .pruned(let network, let graph):
        pruned(network, graph)
        // Started with the first pruned network, so that its rate does not include the training before.
        let line = pruning ?? options.progress("pruning", total: pruningCount, unit: "networks")
        line.advance()
        pruning = line
      }
    }
    training.finish()
    pruning?.finish()
    return outcome
  }
}
