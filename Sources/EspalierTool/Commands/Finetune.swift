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
import EspalierTraining
import EspalierWorkflows

/// `espalier finetune`.
struct Finetune: NetworkCommand, SharedCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a pruned network on: on labels, or without any on what the dense network computes.",
    discussion: """
      Accuracy is measured before and after where there are labels. With --teacher, labels are not read: the network \
      learns what the dense one computes, block by block and then as a whole, for --minutes, and nothing else need be \
      said. A fifth of the inputs is held out: every output is compared with the dense network's on it. Given \
      --epochs, --step or other settings of training, it follows those instead, and the epoch that does best on what \
      is held out is kept.

      EXAMPLES:
        espalier finetune small.onnx --data fashion-mnist:DIR --epochs 5 -o tuned.onnx
        espalier finetune small.onnx --teacher dense.onnx --data images/ --minutes 10 -o tuned.onnx
        espalier finetune small.onnx --teacher dense.onnx --data images/ --epochs 2 -o tuned.onnx
      """)

  @Argument(help: "The ONNX file to start from.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      """
      Data to train on, labelled unless there is a --teacher; once for each input of the network where it has several.
      """, valueName: "[INPUT=]DATA"))
  var data: [DataArgument] = []
  @Option(help: "The dense network that this one was pruned from, to learn from instead of labels.")
  var teacher: ModelFile?
  @Option(help: ArgumentHelp("With --teacher: the same as --data.", valueName: "[INPUT=]DATA"))
  var calibration: [DataArgument] = []
  @Option(help: "With --teacher: how long to learn (default: 10).") var minutes: Double?
  @Option(help: "Train on so many samples only: the first, of images ones at even distances.") var samples: Int?
  @Option(
    help: ArgumentHelp(
      "Labelled data to report the accuracy on (default: --data, its test part where it has one).",
      valueName: "[INPUT=]DATA"))
  var evaluate: [DataArgument] = []
  @Option(help: "Samples in a step (default: 128; block by block 32).") var batch: Int?
  @OptionGroup var training: TrainingArguments<UsualFinetuning>
  @Flag(help: "Compute the running statistics of batch normalisations anew at the end.") var recalibrate = false
  @Option(help: "The order of the samples follows from it.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allows(batch, samples) else { throw ValidationError("--batch and --samples take \(Count.words)") }
    guard data.isEmpty != calibration.isEmpty, teacher != nil || !data.isEmpty else {
      throw ValidationError("give labelled --data, or --teacher and the inputs to learn on")
    }
    guard minutes.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--minutes takes a number above 0")
    }
    guard minutes == nil || teacher != nil && !training.isStated else {
      throw ValidationError("--minutes is for --teacher without settings of training, such as --epochs or --step")
    }
  }

  var unshared: String? {
    teacher != nil && !training.isStated ? "learning from a --teacher for some --minutes" : nil
  }

  func run(in processes: any ProcessGroup) throws {
    let plan = OutputPlan(
      reading: [.model(model), .network(teacher, "--teacher")] + PlannedInput.data(evaluate, "--evaluate")
        + PlannedInput.data(data, "--data") + PlannedInput.data(calibration, "--calibration"),
      writing: [
        .network(output, "--output", onto: model, tokenizerBeside: model.path), .text(json, "--json"),
      ]
    )
    if processes.isRoot { try plan.check() }
    training.warnOfIdleProcesses(processes)
    var model = try teacher == nil ? model.read() : model.readWhatIsKnown()
    let whole = try self.model.blame { try source.open(.train, sourceOption, for: model, in: self.model) }
    let test = testData.isEmpty ? nil : try testData.open(.test, "--evaluate", for: model, in: self.model)
    let checkpoints = try checkpoint.checkpoints(writing: output, json, in: processes)
    let learnt: Learnt
    if let teacher {
      let dense = try denseNetwork(teacher, for: model.graph, on: whole)
      learnt =
        training.isStated
        ? try distil(model.graph, from: dense, on: whole, test, checkpoints, processes)
        : try distilByBlocks(model.graph, from: dense, on: whole, test, checkpoints)
    } else {
      learnt = try train(model.graph, on: whole, test, checkpoints, processes)
    }
    guard processes.isRoot else { return }
    model.graph = learnt.graph
    for warning in learnt.warnings { StandardError.warn(warning) }
    SkippedSamples.report(learnt.skipped + (test?.skipped ?? []))
    try ONNXFile.write(model, to: output)
    try TokenizerFiles.keep(beside: self.model, to: output, for: model.graph)
    checkpoints?.finish()
    if let json { try JSONReport.write(learnt.result, to: json) }
    if json != "-" { try printSummary(learnt.result) }
  }

  /// A trained network, what is reported of it, and what must be said besides.
  struct Learnt {
    var graph: Graph
    var result: FinetuneJSON
    var warnings: [String] = []
    var skipped: [EspalierError] = []
  }

  /// The labelled data that accuracy is measured on.
  private var testData: [DataArgument] { evaluate.isEmpty && teacher == nil ? data : evaluate }

  /// The inputs to learn on.
  private var source: [DataArgument] { data.isEmpty ? calibration : data }

  /// The option that gives them.
  private var sourceOption: String { data.isEmpty ? "--calibration" : "--data" }

  /// The samples in a step on `dataset`.
  func batchSize(on dataset: any Dataset) -> Int { min(batch ?? 128, dataset.count) }

  /// Measures the accuracy of `graph` if there are labels.
  func accuracy(_ graph: Graph, _ test: (any Dataset)?) throws -> Evaluation? {
    try test.map { try Evaluation(of: graph, on: $0, backend: options.chosenBackend) }
  }

  /// Trains on labels.
  private func train(
    _ graph: Graph, on whole: any Dataset, _ test: (any Dataset)?, _ checkpoints: Checkpoints?,
    _ processes: any ProcessGroup
  ) throws -> Learnt {
    let dataset = samples.map(whole.representatives) ?? whole
    return try model.blame {
      let before = try accuracy(graph, test)
      let trained = try run(graph, on: dataset, distilling: false, checkpoints, processes) {
        trainer, log throws(EspalierError) in
        try trainer.train(graph, on: dataset, progress: log.note)
      }
      return Learnt(
        graph: trained.graph,
        result: FinetuneJSON(
          epochs: trained.epochs, before: before, after: try accuracy(trained.graph, test), distillation: nil),
        skipped: dataset.skipped)
    }
  }

  /// Trains by the settings of training, and recalibrates if that is asked for.
  func run(
    _ graph: Graph, on dataset: any Dataset, distilling: Bool, _ checkpoints: Checkpoints?,
    _ processes: any ProcessGroup, _ body: (Trainer, EpochLog) throws(EspalierError) -> Graph
  ) throws(EspalierError) -> (graph: Graph, epochs: [TrainJSON.Epoch]) {
    let batch = batchSize(on: dataset)
    let line = options.progress(
      "fine-tuning", total: training.epochs * (dataset.count / batch) * batch, unit: "samples")
    defer { line.finish() }
    let log = EpochLog(line, batch: batch, epochs: training.epochs)
    var trainer = Trainer(
      training.options(batchSize: batch, distilling: distilling, seed: seed), backend: options.chosenBackend)
    (trainer.checkpoints, trainer.processes) = (checkpoints, processes)
    return (try recalibrated(body(trainer, log), on: dataset), log.epochs)
  }

  /// The network with its statistics computed anew, if that is asked for.
  func recalibrated(_ graph: Graph, on dataset: any Dataset) throws(EspalierError) -> Graph {
    guard recalibrate else { return graph }
    return try graph.recalibrated(on: dataset, batchSize: batchSize(on: dataset), backend: options.chosenBackend)
  }

  private func printSummary(_ result: FinetuneJSON) throws(EspalierError) {
    var texts = result.distillation.map { $0.texts(for: .standardOutput) } ?? []
    var table = AccuracyTable()
    table.add("before", result.before)
    table.add("fine-tuned", result.after)
    if let text = table.text(for: .standardOutput) { texts.append(text) }
    if !texts.isEmpty { try StandardOutput.print(texts.joined(separator: "\n\n")) }
  }
}
