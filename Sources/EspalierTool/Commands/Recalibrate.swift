import ArgumentParser
import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierONNX
import EspalierOperators
import EspalierReports
import EspalierTraining

/// `espalier recalibrate`.
struct Recalibrate: NetworkCommand {
  static let configuration = CommandConfiguration(
    abstract: "Computes the running statistics of batch normalisations anew.",
    discussion: """
      One pass over unlabelled data: the means of the statistics of its batches, all layers at once. Nothing else \
      changes.

      EXAMPLE:
        espalier recalibrate small.onnx --calibration images/ --samples 2048 -o recalibrated.onnx
      """)

  @Argument(help: "The ONNX file.") var model: ModelFile
  @Option(
    help: ArgumentHelp(
      "Unlabelled inputs, in the same forms as for prune; once for each input of the network where it has several.",
      valueName: "[INPUT=]DATA"))
  var calibration: [DataArgument]
  @Option(help: "Look at so many samples only: the first, of images ones at even distances.") var samples: Int?
  @Option(help: "Samples in a batch.") var batch = 256
  @Option(name: .shortAndLong, help: "The ONNX file to write.") var output: String
  @OptionGroup var options: RunOptions

  func validate() throws {
    guard Count.allows(batch, samples) else { throw ValidationError("--batch and --samples take \(Count.words)") }
  }

  func run() throws {
    try OutputPlan(
      reading: [.model(model)] + PlannedInput.data(calibration, "--calibration"),
      writing: [.network(output, "--output", onto: model)]
    ).check()
    var model = try model.read()
    guard model.graph.nodes.contains(where: { $0.op == BatchNormalization.name }) else {
      throw EspalierError(refusal: "\(self.model.path) has no batch normalisation, so there is nothing to recalibrate")
    }
    let whole = try calibration.open(.train, "--calibration", for: model, in: self.model)
    let dataset = samples.map(whole.representatives) ?? whole
    let line = options.progress("recalibrating", total: dataset.count, unit: "samples")
    var done = 0
    model.graph = try self.model.blame {
      try model.graph.recalibrated(on: dataset, batchSize: batch, backend: options.chosenBackend) { count in
        line.advance(by: count - done)
        done = count
      }
    }
    line.finish()
    SkippedSamples.report(dataset.skipped)
    try ONNXFile.write(model, to: output)
  }
}
