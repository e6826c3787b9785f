import ArgumentParser
import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierOperators
import EspalierProcesses
import EspalierPruning
import EspalierReports
import EspalierTensors
import EspalierWorkflows

/// `espalier compare`.
struct Compare: NetworkCommand, SharedCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compares selection methods on a network, at several sizes, without and with a re-fit.",
    discussion: """
      Statistics are gathered once, on the dense network; every method then prunes all groups to every size. What is \
      left is judged by accuracy with --evaluate, and by agreement with the dense network on held-out inputs. Files \
      are written anew after each method, so that an interrupted comparison keeps what it has.

      EXAMPLES:
        espalier compare model.onnx --calibration inputs.npy
        espalier compare model.onnx --calibration fashion-mnist:DIR --samples 2048 --methods all --sizes 0.5,0.25 \\
          --evaluate fashion-mnist:DIR --report report.html
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      "Inputs; once for each input of the network where it has several. Labels are used by taylor alone.",
      valueName: "[INPUT=]DATA"))
  var calibration: [DataArgument]
  @OptionGroup var comparison: ComparisonOptions
  @Option(help: "Which groups: inner, all, ffn, heads or encoder, as prune has them.")
  var scope = PruningRequest.Scope.inner
  @Option(help: "Round widths to a multiple of this (default: 8 for convolutions, 1 for dense layers).") var roundTo:
    Int?
  @Option(
    help: """
      How strongly re-fits hold to the present weights (default: chosen for each layer by cross-validation over folds \
      of the inputs).
      """) var ridge: Double?
  @Option(help: "Choose and re-fit on so many samples only: the first, of images ones at even distances.") var samples:
    Int?
  @Option(help: "Samples in one calibration run.") var batch = 1024
  @Option(help: "The choice of the method random follows from it.") var seed: UInt64 = 0
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard !calibration.isEmpty else { throw ValidationError("--calibration takes inputs of the network") }
    guard Count.allows(roundTo, batch, samples) else {
      throw ValidationError("--round-to, --batch and --samples take \(Count.words)")
    }
    guard ridge.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--ridge takes a number that is not negative")
    }
  }

  func run(in processes: any ProcessGroup) throws {
    let plan = OutputPlan(
      reading: [.model(model)] + PlannedInput.data(comparison.evaluate, "--evaluate")
        + PlannedInput.data(calibration, "--calibration"),
      writing: [.text(json, "--json"), .text(report, "--report")])
    if processes.isRoot { try plan.check() }
    let network = try model.readWhatIsKnown()
    let graph = network.graph
    let data = try model.blame { try calibration.calibration("--calibration", for: network, in: model) }
    let labelled = try comparison.labelledData(for: network, in: model)
    let split = CalibrationSplit(data, limit: samples, multiple: graph.fixedBatch ?? 1, allowsTwin: false)
    let checkpoints = try checkpoint.checkpoints(writing: json, report, in: processes)
    let result = try model.blame { try compare(graph, split, labelled, checkpoints, processes) }
    guard processes.isRoot else { return }
    SkippedSamples.report(data.skipped + (labelled?.skipped ?? []))
    for sentence in result.refusals { StandardError.warn(String(sentence.dropLast())) }
    checkpoints?.finish()
    if json == "-" { return try JSONReport.write(CompareJSON(result), to: "-") }
    try StandardOutput.print(TextTable(result.table, for: .standardOutput).text)
  }

  private func compare(
    _ graph: Graph, _ split: CalibrationSplit, _ labelled: (any Dataset)?, _ checkpoints: Checkpoints?,
    _ processes: any ProcessGroup
  ) throws -> NetworkComparison {
    var request = PruningRequest(keeping: 1, scope: scope, multiple: roundTo, order: .oneShot, batchSize: batch)
    request.processes = processes
    let gathering = options.progress("calibration", total: split.calibration.count, unit: "samples")
    var done = 0
    let ridge = ridge.map { Ridge($0) } ?? .byFolds
    var result = try NetworkComparison(
      of: comparison.chosenMethods(ridge: ridge, seed: seed), at: comparison.sizes.fractions, on: graph, request,
      ridge: ridge, split: split, labelled: labelled, backend: options.chosenBackend, keptIn: checkpoints
    ) { count in
      gathering.advance(by: count - done)
      done = count
    }
    gathering.finish()
    let line = options.progress("comparison", total: result.rowCount, unit: "rows")
    while let row = try result.next() {
      line.advance(note: "\(row.method) at \(Format.percent(row.size))")
      if processes.isRoot { try keep(result) }
    }
    line.finish()
    return result
  }

  /// Writes what there is so far to the files that are asked for.
  private func keep(_ result: NetworkComparison) throws(EspalierError) {
    if let json, json != "-" { try JSONReport.write(CompareJSON(result), to: json) }
    try report.map { (path) throws(EspalierError) in
      try result.document(command: CommandLine.arguments.joined(separator: " ")).write(to: path)
    }
  }
}
