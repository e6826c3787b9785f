import ArgumentParser
import EspalierONNX
import EspalierProcesses
import EspalierReports
import EspalierTraining
import EspalierWorkflows

/// `espalier train`.
struct Train: NetworkCommand, SharedCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a classifier on labelled data.",
    discussion: """
      EXAMPLE:
        espalier train mlp.onnx --data fashion-mnist:/usr/share/datasets/fashion-mnist -o trained.onnx
      """)

  @Argument(help: "The ONNX file to start from.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      """
      Labelled data: fashion-mnist:DIR, mnist:DIR, an IDX file, inputs.npy,labels.npy, an .npz, a directory of images, \
      or sentences (.tsv, .jsonl, a corpus); once for each input of the network where it has several.
      """, valueName: "[INPUT=]DATA"))
  var data: [DataArgument]
  @Option(
    help: ArgumentHelp("Labelled data to report the accuracy on at the end.", valueName: "[INPUT=]DATA"))
  var evaluate: [DataArgument] = []
  @Option(help: "Samples in a step.") var batch = 128
  @OptionGroup var training: TrainingArguments<TrainingFromStart>
  @Option(help: "The order of the samples follows from it.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
  @Option(help: "Write loss and seconds of each epoch as JSON to this file, or to standard output for -.")
  var json: String?
  @OptionGroup var checkpoint: CheckpointOptions
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allows(batch) else { throw ValidationError("--batch takes \(Count.words)") }
  }

  func run(in processes: any ProcessGroup) throws {
    let plan = OutputPlan(
      reading: [.model(model)] + PlannedInput.data(data, "--data") + PlannedInput.data(evaluate, "--evaluate"),
      writing: [
        .network(output, "--output", onto: model, tokenizerBeside: model.path), .text(json, "--json"),
      ]
    )
    if processes.isRoot { try plan.check() }
    training.warnOfIdleProcesses(processes)
    var model = try model.read()
    let dataset = try data.open(.train, "--data", for: model, in: self.model)
    let test = evaluate.isEmpty ? nil : try evaluate.open(.test, "--evaluate", for: model, in: self.model)
    let checkpoints = try checkpoint.checkpoints(writing: output, json, in: processes)
    var trainer = Trainer(training.options(batchSize: batch, seed: seed), backend: options.chosenBackend)
    (trainer.checkpoints, trainer.processes) = (checkpoints, processes)
    let line = options.progress("training", total: training.epochs * (dataset.count / batch) * batch, unit: "samples")
    let log = EpochLog(line, batch: batch, epochs: training.epochs)
    model.graph = try self.model.blame { try trainer.train(model.graph, on: dataset, progress: log.note) }
    line.finish()
    guard processes.isRoot else { return }
    SkippedSamples.report(dataset.skipped)
    try ONNXFile.write(model, to: output)
    try TokenizerFiles.keep(beside: self.model, to: output, for: model.graph)
    checkpoints?.finish()
    let evaluation = try test.map { try Evaluation(of: model.graph, on: $0, backend: options.chosenBackend) }
    SkippedSamples.report(test?.skipped ?? [])
    if let json { try JSONReport.write(TrainJSON(epochs: log.epochs, evaluation: evaluation), to: json) }
    if json != "-", let test, let evaluation {
      try StandardOutput.print(
        "accuracy on \(test.name): \(Format.percent(evaluation.top1, decimals: 2)) of "
          + Format.grouped(evaluation.count)
      )
    }
  }
}
