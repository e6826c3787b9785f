import ArgumentParser
import Files
import ONNX
import Reports
import Training

/// `espalier train`.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a classifier on labelled data.",
    discussion: """
      EXAMPLE:
        espalier train mlp.onnx --data fashion-mnist:/usr/share/datasets/fashion-mnist -o trained.onnx
      """)

  /// How the step size changes.
  enum Schedule: String, ExpressibleByArgument, CaseIterable {
    case constant, step, cosine
  }

  @Argument(help: "The ONNX file to start from.") var model: ModelFile
  @Option(
    help:
      "Labelled data: fashion-mnist:DIR, mnist:DIR, an IDX file, inputs.npy,labels.npy, an .npz, or a directory of images."
  )
  var data: DataArgument
  @Option(help: "Labelled data to report the accuracy on at the end.") var evaluate: DataArgument?
  @Option(help: "How often every sample is seen.") var epochs = 10
  @Option(help: "Samples in a step.") var batch = 128
  @Option(help: "The initial step size.") var step = 0.05
  @Option(help: "How much of the last step is taken again.") var momentum: Float = 0.9
  @Flag(inversion: .prefixedNo, help: "Look at the gradient where momentum leads.") var nesterov = true
  @Option(help: "How strongly weights, not biases, are drawn to zero.") var weightDecay: Float = 0
  @Option(help: "How much of a label's probability is spread over all classes.") var labelSmoothing: Float = 0
  @Option(help: "How the step size changes: constant, step or cosine.") var schedule = Schedule.cosine
  @Option(help: "With --schedule step: epochs between steps.") var stepEpochs = 30
  @Option(help: "With --schedule step: what each multiplies the step size by.") var stepFactor = 0.1
  @Option(help: "The order of the samples follows from it.") var seed: UInt64 = 0
  @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
  @Option(help: "Write loss and seconds of each epoch as JSON to this file, or to standard output for -.")
  var json: String?
  @OptionGroup var options: RunOptions

  /// What is written as JSON.
  private struct Epoch: Encodable {
    let epoch: Int
    let loss: Double
    let seconds: Double
  }

  private struct Result: Encodable {
    let epochs: [Epoch]
    let evaluation: Evaluation?
  }

  func validate() throws {
    guard epochs > 0, batch > 0 else { throw ValidationError("--epochs and --batch take positive numbers") }
    guard step > 0, step.isFinite else { throw ValidationError("--step takes a positive number") }
    guard (0..<1).contains(momentum) else { throw ValidationError("--momentum takes a number from 0 up to 1") }
    guard (0..<1).contains(labelSmoothing) else {
      throw ValidationError("--label-smoothing takes a number from 0 up to 1")
    }
    guard weightDecay >= 0 else { throw ValidationError("--weight-decay takes a number that is not negative") }
    guard stepEpochs > 0, stepFactor > 0 else {
      throw ValidationError("--step-epochs and --step-factor take positive numbers")
    }
  }

  func run() throws {
    for path in [output, json].compactMap({ $0 }) { try OutputPath.check(path) }
    var model = try model.read()
    let dataset = try data.open(.train)
    let test = try evaluate?.open(.test)
    let trainer = Trainer(
      TrainingOptions(
        epochs: epochs, batchSize: batch, stepSize: step, schedule: learningRate,
        loss: ClassificationLoss(labelSmoothing: labelSmoothing),
        optimizer: StochasticGradientDescent(momentum: momentum, nesterov: nesterov, weightDecay: weightDecay),
        seed: seed), backend: options.chosenBackend)
    let line = options.progress("training", total: epochs * (dataset.count / batch) * batch, unit: "samples")
    var epochResults: [Epoch] = []
    var epochStart = ContinuousClock.now
    model.graph = try self.model.blame {
      try trainer.train(model.graph, on: dataset) { progress in
        line.advance(
          by: batch, note: "epoch \(progress.epoch)/\(epochs) loss \(Format.number(progress.loss, digits: 3))")
        guard progress.endsEpoch else { return }
        let now = ContinuousClock.now
        epochResults.append(
          Epoch(epoch: progress.epoch, loss: progress.loss, seconds: (now - epochStart) / .seconds(1)))
        epochStart = now
      }
    }
    line.finish()
    SkippedSamples.report(dataset.skipped)
    try ONNXFile.write(model, to: output)
    let evaluation = try test.map { try Evaluation(of: model.graph, on: $0, backend: options.chosenBackend) }
    SkippedSamples.report(test?.skipped ?? [])
    if let json { try JSONReport.write(Result(epochs: epochResults, evaluation: evaluation), to: json) }
    if json != "-", let test, let evaluation {
      print(
        "accuracy on \(test.name): \(Format.percent(evaluation.top1, decimals: 2)) of \(Format.grouped(evaluation.count))"
      )
    }
  }

  private var learningRate: LearningRateSchedule {
    switch schedule {
    case .constant: .constant
    case .step: .step(epochs: stepEpochs, factor: stepFactor)
    case .cosine: .cosine
    }
  }
}
