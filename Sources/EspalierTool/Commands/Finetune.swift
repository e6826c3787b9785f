import ArgumentParser
import EspalierDatasets
import EspalierFiles
import EspalierONNX
import EspalierOperators
import EspalierPruning
import EspalierReports
import EspalierTraining
import EspalierWorkflows

/// `espalier finetune`.
struct Finetune: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a pruned network on: on labels, or without any on what the dense network computes.",
    discussion: """
      Accuracy is measured before and after where there are labels. With --teacher, the errors of the outputs of \
      pruned blocks, and of all outputs of the network, against the dense network are lowered instead. A fifth of the \
      inputs is held out: every output is compared with the dense network's on it, and the epoch that does best on it \
      is kept.

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
    let dense = try teacher?.read().graph.takingInputs(of: model.graph)
    guard let source = data ?? calibration else { return }
    let whole = try source.open(.train, for: self.model)
    let samples = HeldOutSamples(of: whole, multiple: model.graph.fixedBatch ?? 1)
    let dataset = dense == nil ? whole : whole.taking(samples.seen)
    let heldOut = samples.heldOut.isEmpty ? dataset : whole.taking(samples.heldOut)
    let test = try (evaluate ?? data)?.open(.test, for: self.model)
    let batch = min(batch, dataset.count)
    func accuracy() throws -> Evaluation? {
      try test.map { try Evaluation(of: model.graph, on: $0, backend: options.chosenBackend) }
    }
    func distance() throws -> (points: DistillationError, outputs: Fidelity)? {
      try dense.map { dense in
        (
          try DistillationError(
            of: model.graph, from: dense, on: heldOut, batchSize: batch, backend: options.chosenBackend),
          try Fidelity(
            of: model.graph, against: dense, on: DatasetCalibration(heldOut, for: model.graph),
            backend: options.chosenBackend)
        )
      }
    }
    let result: FinetuneJSON = try self.model.blame {
      let (before, distanceBefore) = (try accuracy(), try distance())
      let line = options.progress(
        "fine-tuning", total: training.epochs * (dataset.count / batch) * batch, unit: "samples")
      let log = EpochLog(line, batch: batch, epochs: training.epochs)
      let trainer = Trainer(
        training.options(batchSize: batch, distilling: dense != nil, seed: seed), backend: options.chosenBackend)
      if let dense {
        model.graph = try trainer.distill(
          model.graph, from: dense, on: dataset, heldOut: samples.heldOut.isEmpty ? nil : heldOut, progress: log.note)
      } else {
        model.graph = try trainer.train(model.graph, on: dataset, progress: log.note)
      }
      if recalibrate {
        model.graph = try model.graph.recalibrated(on: dataset, batchSize: batch, backend: options.chosenBackend)
      }
      line.finish()
      let (after, distanceAfter) = (try accuracy(), try distance())
      return FinetuneJSON(
        epochs: log.epochs, before: before, after: after,
        distillation: distanceBefore.flatMap { before in
          distanceAfter.map {
            .init(before: before.points, after: $0.points, outputs: (before.outputs, $0.outputs))
          }
        })
    }
    if dense != nil, samples.heldOut.isEmpty {
      StandardError.warn(
        "there are too few inputs to hold any out: errors are those of the inputs that were learnt from")
    }
    SkippedSamples.report(whole.skipped + (test?.skipped ?? []))
    try ONNXFile.write(model, to: output)
    try TokenizerFiles.keep(beside: self.model, to: output, for: model.graph)
    if let json { try JSONReport.write(result, to: json) }
    if let distillation = result.distillation {
      if distillation.after.error >= distillation.before.error {
        StandardError.warn(
          "nothing was gained: the error on inputs held out fell in no epoch; take more inputs or a smaller --step")
      }
      for output in distillation.outputs.worsened {
        StandardError.warn(
          "output \"\(output)\" is further from the teacher's than before, though the sum of errors is not")
      }
    }
    if json != "-" { try printSummary(result) }
  }

  private func printSummary(_ result: FinetuneJSON) throws(EspalierError) {
    var texts: [String] = []
    if let distillation = result.distillation {
      let (before, after) = (distillation.before, distillation.after)
      texts.append(
        TextTable(distillation.outputs.table, for: .standardOutput).text
          + "\n\nsum of relative squared errors behind pruned blocks and at outputs, \(before.points.count) points: "
          + "\(Format.number(before.error, digits: 3)) before, \(Format.number(after.error, digits: 3)) after")
    }
    var table = AccuracyTable()
    table.add("before", result.before)
    table.add("fine-tuned", result.after)
    if let text = table.text(for: .standardOutput) { texts.append(text) }
    if !texts.isEmpty { try StandardOutput.print(texts.joined(separator: "\n\n")) }
  }
}

extension FinetuneJSON.Distillation.Outputs {
  /// The outputs whose error increased.
  fileprivate var worsened: [String] {
    zip(before.outputs, after.outputs).compactMap { old, new in
      (new.relativeError ?? 0) > (old.relativeError ?? 0) ? new.name : nil
    }
  }

  /// A row for each output.
  fileprivate var table: Table {
    // Not every output is a row of classes.
    let hasClasses = after.outputs.contains { $0.agreement != nil }
    return Table(
      ["Output", .numbers("relative error before"), .numbers("after")]
        + (hasClasses ? [.numbers("top-1 agreement before"), .numbers("after")] : []),
      rows: zip(before.outputs, after.outputs).map { old, new in
        [Cell(new.name)] + [old.relativeError, new.relativeError].map { $0.map { .number($0, digits: 3) } ?? "" }
          + (hasClasses ? [old.agreement, new.agreement].map { $0.map { .percent($0) } ?? "" } : [])
      }, caption: "Against the teacher, on \(Format.grouped(after.samples)) inputs.")
  }
}
