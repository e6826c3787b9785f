import ArgumentParser
import EspalierONNX
import EspalierReports
import EspalierTraining
import EspalierWorkflows

/// `espalier train`.
struct Train: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a classifier on labelled data.",
    discussion: """
      EXAMPLE:
        espalier train mlp.onnx --data fashion-mnist:/usr/share/datasets/fashion-mnist -o trained.onnx
      """)

  @Argument(help: "The ONNX file to start from.") var model: ModelFile
  @Option(
    help:
      """
      Labelled data: fashion-mnist:DIR, mnist:DIR, an IDX file, inputs.npy,labels.npy, an .npz, a directory of images, \
      or sentences (.tsv, .jsonl, a corpus).
      """
  )
  var data: DataArgument
  @Option(help: "Labelled data to report the accuracy on at the end.") var evaluate: DataArgument?
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

  func run() throws {
    try OutputPlan(
      reading: [.model(model), .data(data, "--data"), .data(evaluate, "--evaluate")],
      writing: [
        .network(output, "--output", onto: model, tokenizerBeside: model.path), .text(json, "--json"),
      ]
    ).check()
    var model = try model.read()
    let dataset = try data.open(.train, for: self.model)
    let test = try evaluate?.open(.test, for: self.model)
    let checkpoints = try checkpoint.checkpoints(writing: output, json)
    var trainer = Trainer(training.options(batchSize: batch, seed: seed), backend: options.chosenBackend)
    trainer.checkpoints = checkpoints
    let line = options.progress("training", total: training.epochs * (dataset.count / batch) * batch, unit: "samples")
    let log = EpochLog(line, batch: batch, epochs: training.epochs)
    model.graph = try self.model.blame { try trainer.train(model.graph, on: dataset, progress: log.note) }
    line.finish()
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
