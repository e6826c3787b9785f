import ArgumentParser
import EspalierExperiments
import EspalierFiles
import EspalierPruning

/// A trained network whose groups an experiment on theory measures.
struct TrainedNetworkOptions: ParsableArguments {
  @Option(help: ArgumentHelp("A trained network as well, an ONNX file.", valueName: "FILE")) var model: ModelFile?
  @Option(
    help: ArgumentHelp(
      "Unlabelled inputs of it; once for each input of the network where it has several.", valueName: "[INPUT=]DATA"))
  var calibration: [DataArgument] = []
  @Option(help: "So many samples of them: the first, of images ones at even distances.") var samples = 2048

  func validate() throws {
    guard (model == nil) == calibration.isEmpty else {
      throw ValidationError("--model and --calibration go together: a network and unlabelled inputs of it")
    }
    guard Count.allows(samples) else { throw ValidationError("--samples takes \(Count.words)") }
  }

  /// The files that are read.
  var inputs: [PlannedInput?] {
    [.network(model, "--model")] + PlannedInput.data(calibration, "--calibration")
  }

  /// The decay in each group between two layers of the network; empty without one.
  ///
  /// - Throws: `EspalierError` if the network or the data cannot be used.
  func decays(_ options: RunOptions) throws -> [TrainedDecay] {
    guard let model else { return [] }
    let file = try model.read()
    let graph = file.graph
    let data = try model.blame { try calibration.calibration("--calibration", for: file, in: model) }
    let split = CalibrationSplit(data, limit: samples, multiple: graph.fixedBatch ?? 1, allowsTwin: false)
    let stages = StageLines(options, batch: 1024)
    defer { stages.finish() }
    let network = try model.blame {
      try CalibratedNetwork(
        graph, for: PruningRequest(keeping: 1, method: ISpaSP(), refit: nil, order: .oneShot),
        calibration: split.calibration, backend: options.chosenBackend
      ) { stages.budget(.statistics(done: $0, total: split.calibration.count)) }
    }
    SkippedSamples.report(data.skipped)
    return zip(network.targets, network.problems).filter { $0.0.size > 1 }.map { TrainedDecay(group: $0.id, $1) }
  }
}
