import ArgumentParser
import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierReports
import EspalierTensors
import EspalierTraining
import EspalierWorkflows

/// `espalier sensitivity`.
struct SensitivityCommand: NetworkCommand {
  static let configuration = CommandConfiguration(
    commandName: "sensitivity",
    abstract: "Measures what each group of units is worth: its size against the error at the outputs.",
    discussion: """
      Prunes each group alone to several sizes, re-fits what reads it, and runs the network behind it on inputs held \
      out. A budget (espalier prune --budget) is shared out by these curves.

      EXAMPLES:
        espalier sensitivity model.onnx --calibration images/
        espalier sensitivity model.onnx --calibration x.npy --evaluate x.npy,labels.npy --report sensitivity.html
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      "Unlabelled inputs; once for each input of the network where it has several.", valueName: "[INPUT=]DATA"))
  var calibration: [DataArgument]
  @Option(
    help: ArgumentHelp("Labelled data on which accuracy is measured at each size.", valueName: "[INPUT=]DATA"))
  var evaluate: [DataArgument] = []
  @Option(help: ArgumentHelp("The fractions of units to measure, by commas.", valueName: "FRACTIONS"))
  var sizes: SizesArgument?
  @Option(parsing: .upToNextOption, help: "Measure these groups alone.") var only: [String] = []
  @Option(help: "Which groups: inner, all, ffn, heads or encoder, as in prune.")
  var scope = PruningRequest.Scope.inner
  @Option(help: "How units are chosen: \(SelectionMethods.all.map(\.identifier).joined(separator: ", ")).")
  var method = Automatic.identifier
  @Flag(inversion: .prefixedNo, help: "Re-fit the next layer to the units that are kept.") var refit = true
  @Option(help: "Choose and re-fit on so many samples only.") var samples: Int?
  @Option(help: "Samples in one calibration run.") var batch = 1024
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @Option(help: "Write a report with charts as HTML to this file.") var report: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard SelectionMethods.named(method) != nil else {
      throw ValidationError(
        "there is no method \"\(method)\"; the methods are "
          + SelectionMethods.all.map(\.identifier).joined(separator: ", "))
    }
    guard Count.allows(batch, samples) else { throw ValidationError("--batch and --samples take \(Count.words)") }
  }

  func run() throws {
    try OutputPlan(
      reading: [.model(model)] + PlannedInput.data(evaluate, "--evaluate")
        + PlannedInput.data(calibration, "--calibration"),
      writing: [.text(json, "--json"), .text(report, "--report")]
    ).check()
    let network = try model.readWhatIsKnown()
    let graph = network.graph
    let data = try model.blame { try calibration.calibration("--calibration", for: network, in: model) }
    let labelled = evaluate.isEmpty ? nil : try evaluate.open(.test, "--evaluate", for: network, in: model)
    let checkpoints = try checkpoint.checkpoints(writing: json, report)
    let summary = try model.blame { try measure(graph, data, labelled, checkpoints) }
    SkippedSamples.report(data.skipped + (labelled?.skipped ?? []))
    try report.map(summary.document.write(to:))
    if let json { try JSONReport.write(SensitivityJSON(summary), to: json) }
    checkpoints?.finish()
    if json != "-" { try StandardOutput.print(TextTable(summary.table, for: .standardOutput).text) }
  }

  private func measure(
    _ graph: Graph, _ data: DatasetCalibration, _ labelled: (any Dataset)?, _ checkpoints: Checkpoints?
  ) throws(EspalierError) -> SensitivityReport {
    let stages = StageLines(options, batch: batch)
    defer { stages.finish() }
    func accuracy(_ graph: Graph) throws(EspalierError) -> Double? {
      guard let labelled else { return nil }
      return try Evaluation(of: graph, on: labelled, backend: options.chosenBackend).top1
    }
    var request = PruningRequest(
      keeping: 1, only: only.isEmpty ? nil : Set(only), scope: scope,
      method: SelectionMethods.named(method) ?? Automatic(), refit: refit ? Ridge() : nil, multiple: nil,
      order: .oneShot, batchSize: batch)
    request.checkpoints = checkpoints
    let split = CalibrationSplit(data, for: graph, request, limit: samples)
    let seen = split.twin ?? split.calibration
    let network = try CalibratedNetwork(
      graph, for: request, calibration: seen, backend: options.chosenBackend
    ) { stages.budget(.statistics(done: $0, total: seen.count)) }
    let fractions = sizes?.fractions ?? Sensitivity.sizes
    let counts = network.targets.map { group in
      (group.id, Set(fractions.map { max(1, Int((Double(group.size) * $0).rounded())) }).sorted())
    }
    let sensitivity = try Sensitivity(
      of: network, request, counts: Dictionary(uniqueKeysWithValues: counts), on: split.heldOut ?? seen,
      accuracy: labelled == nil ? nil : accuracy, progress: { stages.budget(.curves(done: $0, total: $1)) })
    return SensitivityReport(
      command: CommandLine.arguments.joined(separator: " "), model: graph.name, sensitivity: sensitivity,
      calibrationSamples: network.sampleCount, accuracy: try accuracy(graph))
  }
}
