import ArgumentParser
import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierOperators
import EspalierPruning
import EspalierReports
import EspalierTraining
import EspalierWorkflows

/// `espalier prune`.
struct Prune: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a network smaller: removes units, verifies the result, writes it.",
    discussion: """
      Keeps a fraction of the units of each prunable group, chosen on unlabelled inputs, and re-fits the layers that \
      read them. A part of the inputs is held out, and the result is compared with the dense network on it. The result \
      is written only if surgery was exact: if it equals the dense network with the same weights and the dropped units \
      masked. With --finetune, the network is trained after each group and at the end. i-SpaSP as published is \
      --method ispasp --no-refit.

      EXAMPLES:
        espalier prune model.onnx --calibration inputs.npy --keep 0.5 -o small.onnx
        espalier prune model.onnx --calibration fashion-mnist:DIR --samples 2048 --keep 0.25 -o small.onnx
        espalier prune model.onnx --calibration x.npy --keep 0.5 --keep fc1=0.25 --method omp -o small.onnx \\
          --json result.json --report report.html
        espalier prune model.onnx --calibration images/ --keep 0.4 --finetune images/ --epochs 10 -o small.onnx
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      "Unlabelled inputs; once for each input of the network where it has several.", valueName: "[INPUT=]DATA"))
  var calibration: [DataArgument]
  @Option(help: ArgumentHelp("The fraction of units to keep, of all groups or of one.", valueName: "[GROUP=]FRACTION"))
  var keep: [KeepArgument]
  @Option(parsing: .upToNextOption, help: "Prune these groups alone.") var only: [String] = []
  @Option(
    help: ArgumentHelp(
      """
      Which groups: inner (between two layers), all (also through additions and normalisations); of a transformer ffn, \
      heads, or encoder (both).
      """
    ))
  var scope = PruningRequest.Scope.inner
  @Option(
    help: """
      How units are chosen: \(SelectionMethods.all.map(\.identifier).joined(separator: ", ")). auto is backward \
      elimination, and i-SpaSP where second moments do not fit into memory.
      """)
  var method = Automatic.identifier
  @Option(help: "The most iterations of i-SpaSP.") var iterations = 20
  @Flag(inversion: .prefixedNo, help: "Re-fit the next layer to the units that are kept.") var refit = true
  @Option(help: "How strongly the re-fit holds to the present weights.") var ridge = Ridge().strength
  @Option(help: "Round widths to a multiple of this (default: 8 for convolutions, 1 for dense layers).") var roundTo:
    Int?
  @Flag(help: "Choose all groups by one pass through the dense network, not each on the network pruned so far.")
  var oneShot = false
  @Flag(
    help: "Note the residual before each iteration of i-SpaSP; takes Gram matrices, which are slow for convolutions.")
  var trace = false
  @Option(help: "Choose and re-fit on so many samples only: the first, of images ones at even distances.") var samples:
    Int?
  @Option(help: "Samples in one calibration run.") var batch = 1024
  @Option(help: "The choice of --method random follows from it.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var distillation: DistillationOptions
  @OptionGroup var gradual: GradualPruningOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard !keep.isEmpty else { throw ValidationError("--keep takes a fraction, as in --keep 0.5") }
    guard !calibration.isEmpty else { throw ValidationError("--calibration takes unlabelled inputs") }
    guard SelectionMethods.named(method) != nil else {
      throw ValidationError(
        "there is no method \"\(method)\"; the methods are "
          + SelectionMethods.all.map(\.identifier).joined(separator: ", ")
      )
    }
    guard Count.allows(iterations, roundTo, batch, samples) else {
      throw ValidationError("--iterations, --round-to, --batch and --samples take \(Count.words)")
    }
    guard distillation.distil == nil || gradual.finetune == nil else {
      throw ValidationError("give either --distil, which needs no labels, or --finetune, which takes them")
    }
    guard ridge >= 0, ridge.isFinite else { throw ValidationError("--ridge takes a number that is not negative") }
  }

  func run() throws {
    try OutputPlan(
      reading: [.model(model), .data(gradual.finetune, "--finetune"), .data(gradual.evaluate, "--evaluate")]
        + calibration.map { .data($0, "--calibration") },
      writing: [
        .network(output, "--output", onto: model, tokenizerBeside: model.path), .text(json, "--json"),
        .text(report, "--report"),
      ]
    ).check()
    var model = try model.read()
    let request = request
    let data = try self.model.blame { try calibration.calibration("--calibration", for: model.graph, in: self.model) }
    let evaluation = try gradual.evaluationData(for: self.model)
    let training = try gradual.finetune?.open(.train, for: self.model)
    let pruned = try self.model.blame { try prune(model.graph, data, training, evaluation) }
    SkippedSamples.report(data.skipped + (training?.skipped ?? []) + (evaluation?.skipped ?? []))
    let dense = model.graph
    model.graph = pruned.result.graph
    try ONNXFile.write(model, to: output)
    try TokenizerFiles.keep(beside: self.model, to: output, for: model.graph)
    let latency = try LatencyComparison(of: model.graph, against: dense, backend: options.chosenBackend)
    var summary = PruningReport(
      command: CommandLine.arguments.joined(separator: " "), model: dense.name, request: request,
      result: pruned.result, fidelity: pruned.fidelity, latency: latency)
    summary.distillation = pruned.distillation
    for warning in summary.warnings { StandardError.warn(warning) }
    try report.map(summary.document.write(to:))
    if let json { try JSONReport.write(PruneJSON(summary, pruned.accuracy), to: json) }
    if json != "-" { try printSummary(summary, pruned.accuracy) }
  }

  /// A pruned network, its fidelity and accuracy, and the distillation that followed, if any.
  private typealias Pruned = (
    result: PruningResult, fidelity: Fidelity?, accuracy: PruningAccuracy, distillation: DistillationReport?
  )

  private func prune(
    _ graph: Graph, _ data: DatasetCalibration, _ training: (any Dataset)?, _ evaluation: (any Dataset)?
  ) throws -> Pruned {
    let stages = StageLines(options, batch: batch)
    defer { stages.finish() }
    let split = CalibrationSplit(
      data, limit: samples, multiple: graph.fixedBatch ?? 1, allowsTwin: training == nil && distillation.distil == nil)
    if let training {
      let result = try gradual.run(
        on: graph, request, calibration: split.calibration, dataset: training, evaluation: evaluation, seed: seed,
        options)
      let fidelity = try split.heldOut.map {
        try Fidelity(of: result.pruning.graph, against: graph, on: $0, backend: options.chosenBackend)
      }
      return (result.pruning, fidelity, PruningAccuracy(result), nil)
    }
    func accuracy(_ graph: Graph) throws -> Evaluation? {
      try evaluation.map { try Evaluation(of: graph, on: $0, backend: options.chosenBackend) }
    }
    let before = try accuracy(graph)
    let pruning = try MeasuredPruning(
      graph, request, on: split, backend: options.chosenBackend, progress: stages.pruning)
    let accuracyPruned = try accuracy(pruning.result.graph)
    guard let learnt = try distillation.run(on: pruning, of: graph, split, seed: seed, options, stages) else {
      return (pruning.result, pruning.fidelity, PruningAccuracy(before: before, pruned: accuracyPruned), nil)
    }
    return (
      learnt.result, learnt.fidelity,
      PruningAccuracy(before: before, pruned: accuracyPruned, distilled: try accuracy(learnt.result.graph)),
      DistillationReport(learnt.record, fidelityBefore: learnt.fidelityBefore)
    )
  }

  private var request: PruningRequest {
    let strength = Ridge(ridge)
    var request = PruningRequest(
      keeping: keep.last { $0.group == nil }?.fraction ?? 1,
      fractions: Dictionary(keep.compactMap { keep in keep.group.map { ($0, keep.fraction) } }) { $1 },
      only: targets, scope: scope,
      method: SelectionMethods.named(method, iterations: iterations, ridge: strength, seed: seed) ?? Automatic(),
      refit: refit ? strength : nil, multiple: roundTo, order: oneShot ? .oneShot : .sequential, batchSize: batch)
    request.tracesResiduals = trace
    return request
  }

  /// If fractions are given for named groups alone, only these are pruned.
  private var targets: Set<String>? {
    if !only.isEmpty { return Set(only) }
    return keep.allSatisfy { $0.group != nil } ? Set(keep.compactMap(\.group)) : nil
  }

  private func printSummary(_ summary: PruningReport, _ accuracy: PruningAccuracy) throws(EspalierError) {
    let terminal = Terminal.standardOutput
    let tables = [
      TextTable(summary.groupTable, for: terminal).text, TextTable(summary.costTable, for: terminal).text,
      summary.distillation.map { TextTable($0.table, for: terminal).text }, accuracy.table.text(for: terminal),
    ].compactMap { $0 }
    let remedy = refit ? [] : ["The next layer was not re-fitted, which usually costs accuracy (leave out --no-refit)."]
    let sentences = summary.changes + remedy + [summary.surgery, "Written to \(output)."]
    try StandardOutput.print((tables + [sentences.joined(separator: "\n")]).joined(separator: "\n\n"))
  }
}

extension PruningRequest.Scope: ExpressibleByArgument {}
