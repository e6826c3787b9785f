import ArgumentParser
import Datasets
import ONNX
import Operators
import Reports
import Training

/// `espalier finetune`.
struct Finetune: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a pruned network on: on labels, or without any on what the dense network computes.",
    discussion: """
      Accuracy is measured before and after where there are labels. With --teacher, the errors of the outputs of pruned blocks, \
      and of the network's output, against the dense network are lowered instead.

      EXAMPLES:
        espalier finetune small.onnx --data fashion-mnist:DIR --epochs 5 -o tuned.onnx
        espalier finetune small.onnx --teacher dense.onnx --calibration images/ --epochs 2 -o tuned.onnx
      """)

  @Argument(help: "The ONNX file to start from.") var model: ModelFile
  @Option(help: "Labelled data to train on; the same forms as for train.") var data: DataArgument?
  @Option(help: "The dense network that this one was pruned from, to learn from instead of labels.")
  var teacher: ModelFile?
  @Option(help: "With --teacher: unlabelled inputs.") var calibration: DataArgument?
  @Option(help: "Labelled data to report the accuracy on (default: --data, its test part where it has one).")
  var evaluate: DataArgument?
  @Option(help: "Samples in a step.") var batch = 128
  @OptionGroup var training: TrainingArguments<UsualFinetuning>
  @Flag(help: "Compute the running statistics of batch normalisations anew at the end.") var recalibrate = false
  @Option(help: "The order of the samples follows from it.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
  @Option(help: "Write the result as JSON to this file, or to standard output for -.") var json: String?
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allows(batch) else { throw ValidationError("--batch takes \(Count.words)") }
    guard (teacher == nil) == (calibration == nil), (data == nil) != (teacher == nil) else {
      throw ValidationError("give either --data, or --teacher and --calibration")
    }
  }

  /// What is written as JSON.
  private struct Result: Encodable {
    let epochs: [EpochLog.Epoch]
    let before: Evaluation?
    let after: Evaluation?
    let distillation: Distillation?
  }

  private struct Distillation: Encodable {
    let before: DistillationError
    let after: DistillationError
  }

  func run() throws {
    try OutputPlan(
      reading: [
        .model(model), .network(teacher, "--teacher"), .data(data, "--data"), .data(calibration, "--calibration"),
        .data(evaluate, "--evaluate"),
      ],
      writing: [
        .network(output, "--output", onto: model, tokenizerBeside: model.path), .text(json, "--json"),
      ]
    ).check()
    var model = try model.read()
    let dense = try teacher?.read().graph
    guard let source = data ?? calibration else { return }
    let dataset = try source.open(.train, for: self.model)
    let test = try (evaluate ?? data)?.open(.test, for: self.model)
    func accuracy() throws -> Evaluation? {
      try test.map { try Evaluation(of: model.graph, on: $0, backend: options.chosenBackend) }
    }
    func distance() throws -> DistillationError? {
      try dense.map { try DistillationError(of: model.graph, from: $0, on: dataset, backend: options.chosenBackend) }
    }
    let result: Result = try self.model.blame {
      let (before, distanceBefore) = (try accuracy(), try distance())
      let line = options.progress(
        "fine-tuning", total: training.epochs * (dataset.count / batch) * batch, unit: "samples")
      let log = EpochLog(line, batch: batch, epochs: training.epochs)
      let trainer = Trainer(training.options(batchSize: batch, seed: seed), backend: options.chosenBackend)
      if let dense {
        model.graph = try trainer.distill(model.graph, from: dense, on: dataset, progress: log.note)
      } else {
        model.graph = try trainer.train(model.graph, on: dataset, progress: log.note)
      }
      if recalibrate {
        model.graph = try model.graph.recalibrated(on: dataset, batchSize: batch, backend: options.chosenBackend)
      }
      line.finish()
      let (after, distanceAfter) = (try accuracy(), try distance())
      return Result(
        epochs: log.epochs, before: before, after: after,
        distillation: distanceBefore.flatMap { before in
          distanceAfter.map { Distillation(before: before, after: $0) }
        })
    }
    SkippedSamples.report(dataset.skipped + (test?.skipped ?? []))
    try ONNXFile.write(model, to: output)
    try TokenizerFiles.keep(beside: self.model, to: output, for: model.graph)
    if let json { try JSONReport.write(result, to: json) }
    if json != "-" { try printSummary(result) }
  }

  private func printSummary(_ result: Result) throws {
    if let distillation = result.distillation {
      try StandardOutput.print(
        "relative squared error against the teacher, summed over \(distillation.before.points.count) points: "
          + "\(Format.number(distillation.before.error, digits: 3)) before, "
          + "\(Format.number(distillation.after.error, digits: 3)) after")
    }
    var table = AccuracyTable()
    table.add("before", result.before)
    table.add("fine-tuned", result.after)
    if let text = table.text(for: .standardOutput) { try StandardOutput.print(text) }
  }
}
