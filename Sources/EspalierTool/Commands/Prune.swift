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
import EspalierThreading
import EspalierTraining
import EspalierWorkflows

/// `espalier prune`.
struct Prune: NetworkCommand, SharedCommand {
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
        espalier prune model.onnx --calibration images/ --budget macs=0.5 --budget bytes=10MB -o small.onnx
        espalier prune model.onnx --calibration images/ --agree 0.99 -o small.onnx
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
  var keep: [KeepArgument] = []
  @OptionGroup var budget: BudgetOptions
  @OptionGroup var rules: RulesOptions
  @OptionGroup var recipe: RecipeOptions
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
  @Option(
    help: """
      How strongly the re-fit holds to the present weights (default: chosen for each layer by cross-validation over \
      folds of the inputs).
      """) var ridge: Double?
  @Option(
    help: """
      The values that re-fitted layers are to reproduce: those of the dense network at the same place, or the layer's \
      own in the network as pruned so far.
      """) var target = PruningRequest.Target.dense
  @Option(help: "Round widths to a multiple of this (default: 8 for convolutions, 1 for dense layers).") var roundTo:
    Int?
  @Flag(help: "Choose all groups by one pass through the dense network, not each on the network pruned so far.")
  var oneShot = false
  @Flag(
    help: "Note the residual before each iteration of i-SpaSP; takes Gram matrices, which are slow for convolutions.")
  var trace = false
  @OptionGroup var theory: TheoryOptions
  @Option(help: "Choose and re-fit on so many samples only: the first, of images ones at even distances.") var samples:
    Int?
  @Option(help: "Samples in one calibration run.") var batch = 1024
  @Option(help: "The choice of --method random follows from it.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @Option(help: "Write a report as HTML to this file.") var report: String?
  @OptionGroup var distillation: DistillationOptions
  @OptionGroup var gradual: GradualPruningOptions
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard !keep.isEmpty || budget.isGiven || recipe.recipe != nil else {
      throw ValidationError("--keep takes a fraction, as in --keep 0.5, or --budget a cost, as in --budget macs=0.5")
    }
    guard recipe.recipe == nil || isLeftToTheRecipe else {
      throw ValidationError(
        "--recipe says itself what is kept, of which groups, by which method and how; leave out --keep, --only, "
          + "--budget, --scope, --method, --iterations, --ridge, --no-refit, --target, --round-to and --one-shot")
    }
    guard !budget.isGiven || keep.allSatisfy({ $0.group != nil }) else {
      throw ValidationError(
        "--keep FRACTION and a budget both set all widths; with a budget, --keep GROUP=FRACTION pins a group")
    }
    guard gradual.finetune.isEmpty || budget.agree == nil && budget.error == nil else {
      throw ValidationError("--agree and --error measure untrained networks; with --finetune, give a --budget")
    }
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
    guard distillation.distil == nil || gradual.finetune.isEmpty else {
      throw ValidationError("give either --distil, which needs no labels, or --finetune, which takes them")
    }
    guard ridge.map({ $0 >= 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--ridge takes a number that is not negative")
    }
  }

  /// Whether nothing is asked for that a recipe decides.
  private var isLeftToTheRecipe: Bool {
    keep.isEmpty && only.isEmpty && !budget.isGiven && scope == .inner && method == Automatic.identifier
      && iterations == 20 && refit && ridge == nil && target == .dense && roundTo == nil && !oneShot
  }

  var unshared: String? {
    if distillation.distil != nil { return "--distil, which a time limits," }
    return budget.limitsLatency ? "a budget of latency, which is measured," : nil
  }

  func run(in processes: any ProcessGroup) throws {
    let plan = OutputPlan(
      reading: [.model(model), rules.input] + PlannedInput.data(gradual.finetune, "--finetune")
        + PlannedInput.data(gradual.evaluate, "--evaluate") + PlannedInput.data(calibration, "--calibration"),
      writing: [
        .network(output, "--output", onto: model, tokenizerBeside: model.path), .text(json, "--json"),
        .text(report, "--report"),
      ]
    )
    if processes.isRoot { try plan.check() }
    var model = try rules.read(model, whole: gradual.isGiven)
    if let opaque = model.graph.opaque, model.graph.feeds.isEmpty {
      throw EspalierError(
        refusal: "nothing is prunable because all layers stand behind "
          + opaque.causes.map(\.description).listed())
    }
    let data = try self.model.blame { try calibration.calibration("--calibration", for: model, in: self.model) }
    let evaluation = try gradual.evaluationData(for: model, in: self.model)
    let training = try gradual.trainingData(for: model, in: self.model)
    let recipe = try self.model.blame { try self.recipe.request(for: model.graph, batchSize: batch) }
    let checkpoints = try checkpoint.checkpoints(writing: output, json, report, in: processes)
    var request = recipe?.request ?? asked
    (request.examinesTheory, request.checkpoints) = (theory.theory, checkpoints)
    request.processes = processes
    if training != nil { gradual.training.warnOfIdleProcesses(processes) }
    let split = CalibrationSplit(
      data, for: model.graph, request, limit: samples ?? recipe.map { _ in PublishedRecipe.samples },
      allowsTwin: training == nil && distillation.distil == nil)
    let provenance = try provenance(of: model.graph, split)
    let pruned = try self.model.blame {
      try prune(model.graph, request, recipe?.recipe, split, training, evaluation, checkpoints)
    }
    guard processes.isRoot else { return }
    SkippedSamples.report(data.skipped + (training?.skipped ?? []) + (evaluation?.skipped ?? []))
    let dense = model.graph
    model.graph = pruned.result.graph
    try ONNXFile.write(model, to: output)
    try TokenizerFiles.keep(beside: self.model, to: output, for: model.graph)
    checkpoints?.finish()
    let latency = try LatencyComparison(
      of: model.graph, against: dense, like: split.calibration, backend: options.chosenBackend)
    var summary = PruningReport(
      provenance: provenance, model: dense.name, request: pruned.request, result: pruned.result,
      fidelity: pruned.fidelity, latency: latency,
      outline: try report.map { _ in try NetworkOutline(of: dense, keeping: pruned.result.groups) })
    (summary.budget, summary.sensitivity) = (pruned.budget, pruned.sensitivity)
    summary.distillation = pruned.distillation
    // Of the part that is not run, reading has warned already.
    for warning in summary.warnings where warning != dense.opaque?.sentence && warning != dense.standInSentence {
      StandardError.warn(warning)
    }
    try report.map(summary.document.write(to:))
    if let json { try JSONReport.write(PruneJSON(summary, pruned.accuracy), to: json) }
    if json != "-" { try printSummary(summary, pruned.accuracy) }
  }

  /// A pruned network, its fidelity, and its accuracy.
  private struct Pruned {
    var result: PruningResult
    var fidelity: Fidelity?
    var accuracy = PruningAccuracy(before: nil, pruned: nil)
    let request: PruningRequest
    var budget: BudgetOutcome?
    var sensitivity: Sensitivity?
    var distillation: DistillationReport?
  }

  private func prune(
    _ graph: Graph, _ request: PruningRequest, _ recipe: PublishedRecipe?, _ split: CalibrationSplit,
    _ training: (any Dataset)?, _ evaluation: (any Dataset)?, _ checkpoints: Checkpoints?
  ) throws -> Pruned {
    let stages = StageLines(options, batch: batch)
    defer { stages.finish() }
    if let training {
      let shared =
        budget.isGiven
        ? try budget.widths(
          of: graph, request, on: split, backend: options.chosenBackend, progress: stages.budget) : nil
      let request = shared?.request ?? request
      let result = try gradual.run(
        on: graph, request, calibration: split.calibration, dataset: training, evaluation: evaluation, seed: seed,
        recipe: recipe, options, checkpoints)
      let fidelity = try split.heldOut.map {
        try Fidelity(of: result.pruning.graph, against: graph, on: $0, backend: options.chosenBackend)
      }
      return Pruned(
        result: result.pruning, fidelity: fidelity, accuracy: PruningAccuracy(result), request: request,
        budget: shared?.planner.outcome(result.pruning.after), sensitivity: shared?.planner.sensitivity)
    }
    func accuracy(_ graph: Graph) throws -> Evaluation? {
      try evaluation.map { try Evaluation(of: graph, on: $0, backend: options.chosenBackend) }
    }
    let before = try accuracy(graph)
    var pruned = try untrained(graph, request, split, stages)
    let after = try accuracy(pruned.result.graph)
    let measured = MeasuredPruning(result: pruned.result, fidelity: pruned.fidelity)
    guard let learnt = try distillation.run(on: measured, of: graph, split, seed: seed, options, stages, checkpoints)
    else {
      pruned.accuracy = PruningAccuracy(before: before, pruned: after)
      return pruned
    }
    (pruned.result, pruned.fidelity) = (learnt.result, learnt.fidelity)
    pruned.accuracy = PruningAccuracy(before: before, pruned: after, distilled: try accuracy(learnt.result.graph))
    pruned.distillation = DistillationReport(learnt.record, fidelityBefore: learnt.fidelityBefore)
    return pruned
  }

  /// The network pruned within its budgets, or to the widths that are asked for.
  private func untrained(
    _ graph: Graph, _ request: PruningRequest, _ split: CalibrationSplit, _ stages: StageLines
  ) throws -> Pruned {
    guard budget.isGiven else {
      let pruning = try MeasuredPruning(
        graph, request, on: split, backend: options.chosenBackend, progress: stages.pruning)
      return Pruned(result: pruning.result, fidelity: pruning.fidelity, request: request)
    }
    let pruning = try budget.prune(graph, request, on: split, backend: options.chosenBackend, progress: stages.budget)
    return Pruned(
      result: pruning.result, fidelity: pruning.fidelity, request: pruning.request, budget: pruning.outcome,
      sensitivity: pruning.sensitivity)
  }

  private func provenance(of graph: Graph, _ split: CalibrationSplit) throws(EspalierError) -> Provenance {
    Provenance(
      command: ShellCommand(CommandLine.arguments), model: try Provenance.Model(graph, at: model.path),
      version: Espalier.configuration.version, backend: options.chosenBackend, seed: seed, threads: Threads.count,
      calibration: Provenance.Inputs(calibration.map(\.text), split))
  }

  private var asked: PruningRequest {
    let strength = ridge.map { Ridge($0) } ?? .byFolds
    var request = PruningRequest(
      keeping: keep.last { $0.group == nil }?.fraction ?? 1,
      fractions: Dictionary(keep.compactMap { keep in keep.group.map { ($0, keep.fraction) } }) { $1 },
      only: targets, scope: scope,
      method: SelectionMethods.named(method, iterations: iterations, ridge: strength, seed: seed) ?? Automatic(),
      refit: refit ? strength : nil, target: target, multiple: roundTo, order: oneShot ? .oneShot : .sequential,
      batchSize: batch)
    request.tracesResiduals = trace
    return request
  }

  /// If fractions are given for named groups alone and nothing says what the others may cost, only these are pruned.
  private var targets: Set<String>? {
    if !only.isEmpty { return Set(only) }
    if budget.isGiven { return nil }
    return keep.allSatisfy { $0.group != nil } ? Set(keep.compactMap(\.group)) : nil
  }

  private func printSummary(_ summary: PruningReport, _ accuracy: PruningAccuracy) throws(EspalierError) {
    let terminal = Terminal.standardOutput
    let tables = [
      TextTable(summary.groupTable, for: terminal).text, TextTable(summary.costTable, for: terminal).text,
      summary.theoryTable.map { TextTable($0, for: terminal).text },
      summary.distillation.map { TextTable($0.table, for: terminal).text }, accuracy.table.text(for: terminal),
    ].compactMap { $0 }
    let remedy = refit ? [] : ["The next layer was not re-fitted, which usually costs accuracy (leave out --no-refit)."]
    let sentences =
      [summary.summary, summary.basis].compactMap(\.self) + summary.theorySentences + summary.budgetSentences + remedy
      + [
        summary.surgery, "Written to \(output).",
      ]
    try StandardOutput.print((tables + [sentences.map(\.printable).joined(separator: "\n")]).joined(separator: "\n\n"))
  }
}

extension PruningRequest.Scope: ExpressibleByArgument {}

extension PruningRequest.Target: ExpressibleByArgument {}
