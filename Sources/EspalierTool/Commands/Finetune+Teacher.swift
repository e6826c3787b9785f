import EspalierDatasets
import EspalierEngine
import EspalierFiles
import EspalierGraph
import EspalierProcesses
import EspalierPruning
import EspalierTensors
import EspalierTraining
import EspalierWorkflows

/// Learning from a teacher.
extension Finetune {
  /// The dense network, with inputs named as those of `graph`; its own file is named for its faults.
  func denseNetwork(_ teacher: ModelFile, for graph: Graph, on dataset: any Dataset) throws -> Graph {
    let dense = try (graph.opaque == nil ? teacher.read() : teacher.readWhatIsKnown()).graph.takingInputs(of: graph)
    try teacher.blame {
      let feeds = try DatasetCalibration(dataset, for: dense).feedTypes(count: dense.fixedBatch ?? 1)
      _ = try Session(Plan(dense, feeds: feeds), on: options.chosenBackend)
    }
    return dense
  }

  /// Learns block by block and then as a whole, without settings.
  func distilByBlocks(
    _ graph: Graph, from dense: Graph, on dataset: any Dataset, _ test: (any Dataset)?, _ checkpoints: Checkpoints?
  ) throws -> Learnt {
    let data = try model.blame { try DatasetCalibration(dataset, for: graph) }
    let split = CalibrationSplit(data, limit: samples, multiple: graph.fixedBatch ?? 1, allowsTwin: false)
    var job = BlockwiseDistillation(seconds: 60 * (minutes ?? 10), backend: options.chosenBackend)
    job.seed = seed
    job.checkpoints = checkpoints
    job.batchSize = batch ?? job.batchSize
    let stages = StageLines(options, batch: job.batchSize)
    defer { stages.finish() }
    func fidelity(_ graph: Graph) throws(EspalierError) -> Fidelity {
      try Fidelity(of: graph, against: dense, on: split.heldOut ?? split.calibration, backend: options.chosenBackend)
    }
    return try model.blame {
      let before = (try accuracy(graph, test), try fidelity(graph))
      let learnt = try job.run(graph, from: dense, on: split.calibration, progress: stages.distillation)
      let network = try recalibrated(learnt.graph, on: dataset)
      let distillation = FinetuneJSON.Distillation(learnt.record, outputs: (before.1, try fidelity(network)))
      let report = DistillationReport(learnt.record, fidelityBefore: before.1)
      return Learnt(
        graph: network,
        result: FinetuneJSON(
          epochs: [], before: before.0, after: try accuracy(network, test), distillation: distillation),
        warnings: report.warnings + distillation.warnings, skipped: data.skipped)
    }
  }

  /// Learns by the settings of training.
  func distil(
    _ graph: Graph, from dense: Graph, on whole: any Dataset, _ test: (any Dataset)?, _ checkpoints: Checkpoints?,
    _ processes: any ProcessGroup
  ) throws -> Learnt {
    let division = HeldOutSamples(of: whole, limit: samples, multiple: graph.fixedBatch ?? 1)
    let dataset = whole.taking(division.seen)
    let heldOut = division.heldOut.isEmpty ? dataset : whole.taking(division.heldOut)
    func distance(_ graph: Graph) throws(EspalierError) -> (points: DistillationError, outputs: Fidelity) {
      (
        try DistillationError(
          of: graph, from: dense, on: heldOut, batchSize: batchSize(on: dataset), backend: options.chosenBackend),
        try Fidelity(
          of: graph, against: dense, on: DatasetCalibration(heldOut, for: graph), backend: options.chosenBackend)
      )
    }
    return try model.blame {
      let before = (accuracy: try accuracy(graph, test), distance: try distance(graph))
      let trained = try run(graph, on: dataset, distilling: true, checkpoints, processes) {
        trainer, log throws(EspalierError) in
        try trainer.distill(
          graph, from: dense, on: dataset, heldOut: division.heldOut.isEmpty ? nil : heldOut, progress: log.note)
      }
      let after = try distance(trained.graph)
      let distillation = FinetuneJSON.Distillation(
        before: before.distance.points, after: after.points, outputs: (before.distance.outputs, after.outputs))
      let few =
        division.heldOut.isEmpty
        ? ["there are too few inputs to hold any out: errors are those of the inputs that were learnt from"] : []
      let nothing =
        after.points.error >= before.distance.points.error
        ? ["nothing was gained: the error on inputs held out fell in no epoch; take more inputs or a smaller --step"]
        : []
      return Learnt(
        graph: trained.graph,
        result: FinetuneJSON(
          epochs: trained.epochs, before: before.accuracy, after: try accuracy(trained.graph, test),
          distillation: distillation),
        warnings: few + nothing + distillation.warnings, skipped: whole.skipped)
    }
  }
}
