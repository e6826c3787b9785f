import ArgumentParser
import EspalierExperiments
import EspalierFiles
import EspalierPruning
import EspalierReports

/// `espalier reproduce ispasp-baselines`.
struct ISpaSPBaselines: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "ispasp-baselines",
    abstract: "Time and residual of i-SpaSP and of greedy forward selection, as published and in one pass, on a layer.",
    discussion: """
      Each layer is read by one other. Times include calibration; greedy forward selection runs forward passes of the \
      part of the network behind the layer.

      EXAMPLE:
        espalier reproduce ispasp-baselines --model lenet.onnx --calibration fashion-mnist:DIR --report baselines.html
      """)

  @Option(help: "The trained network as ONNX.") var model: ModelFile
  @Option(help: "Inputs to prune on; for a network with several, INPUT=FILE.npy once for each.")
  var calibration: [DataArgument]
  @Option(parsing: .upToNextOption, help: "The groups whose units are chosen (default: the first that can be pruned).")
  var groups: [String] = []
  @Option(parsing: .upToNextOption, help: "Which fractions of units to keep.") var keep = [0.5, 0.25]
  @Option(help: "Unlabelled samples that pruning looks at.") var samples = 512
  @Option(help: "Samples in a mini-batch of greedy forward selection.") var batch = 256
  @Option(help: "All that is random follows from it.") var seed: UInt64 = 0
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allows(samples, batch) else { throw ValidationError("--samples and --batch take \(Count.words)") }
    guard !keep.isEmpty, keep.allSatisfy({ $0 > 0 && $0 < 1 }) else {
      throw ValidationError("--keep takes fractions between 0 and 1")
    }
  }

  func run() throws {
    try OutputPlan(
      reading: [.network(model, "--model")] + PlannedInput.data(calibration, "--calibration"),
      writing: [.text(report, "--report")]
    ).check()
    let (kept, checkpoints) = try checkpoint.results(writing: report)
    let network = try model.read()
    let graph = network.graph
    let data = try calibration.calibration("--calibration", for: network, in: model).prefix(samples)
    let layers = try model.blame {
      try (groups.isEmpty ? [nil] : groups.map(Optional.some)).map { group in
        let subject = try CostOfPruning.Subject(keeping: keep, of: group, in: graph, on: data)
        let line = options.progress(
          subject.title, total: CostOfPruning.stepCount(subject.sizes), unit: "units by forward passes")
        defer { line.finish() }
        return try CostOfPruning(
          of: subject, miniBatch: batch, seed: seed, keptIn: kept, backend: options.chosenBackend
        ) { line.advance() }
      }
    }
    let result = BaselineReport(layers)
    try report.map(result.document(command: CommandLine.arguments.joined(separator: " ")).write(to:))
    checkpoints?.finish()
    for table in layers.flatMap(\.tables) {
      try StandardOutput.print(TextTable(table, for: .standardOutput).text + "\n")
    }
    for claim in result.claims { try StandardOutput.print(claim.line) }
  }
}
