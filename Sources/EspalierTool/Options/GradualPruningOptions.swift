import ArgumentParser
import EspalierDatasets
import EspalierFiles
import EspalierGraph
import EspalierPruning
import EspalierReports
import EspalierTensors
import EspalierTraining
import EspalierWorkflows

/// Fine-tuning after each pruned group, and at the end.
struct GradualPruningOptions: ParsableArguments {
  @Option(help: "Labelled data to fine-tune on after each group and at the end.") var finetune: DataArgument?
  @Option(help: "With --finetune: epochs after each group.") var blockEpochs = 1
  @Option(help: "With --finetune: samples in a step.") var finetuneBatch = 128
  @Option(help: "Labelled data to report accuracy on (default: that of --finetune, its test part where it has one).")
  var evaluate: DataArgument?
  @OptionGroup(title: "Options of --finetune") var training: TrainingArguments<UsualFinetuning>

  func validate() throws {
    guard Count.allowsRepetitions(blockEpochs, zero: true) else {
      throw ValidationError("--block-epochs takes 0, or \(Count.repetitionWords)")
    }
    guard Count.allows(finetuneBatch) else { throw ValidationError("--finetune-batch takes \(Count.words)") }
  }

  /// Labelled data for accuracies, if given.
  func evaluationData(for model: ModelFile) throws(EspalierError) -> (any Dataset)? {
    try (evaluate ?? finetune)?.open(.test, for: model)
  }

  /// Prunes and trains.
  ///
  /// - Parameter recipe: The procedure whose weight decay is taken unless the command says another.
  func run(
    on graph: Graph, _ request: PruningRequest, calibration: any CalibrationData, dataset: any Dataset,
    evaluation: (any Dataset)?, seed: UInt64, recipe: PublishedRecipe? = nil, _ options: RunOptions,
    _ checkpoints: Checkpoints? = nil
  ) throws -> GradualPruning.Result {
    var training = training
    training.weightDecay = training.weightDecay ?? recipe?.weightDecay
    var steps = training.options(batchSize: finetuneBatch, seed: seed)
    if recipe != nil { steps.decayed = .published }
    var job = GradualPruning(request, training: steps, blockEpochs: blockEpochs, backend: options.chosenBackend)
    job.checkpoints = checkpoints
    let line = options.progress("pruning and fine-tuning", total: nil, unit: "samples")
    defer { line.finish() }
    return try job.run(on: graph, calibration: calibration, dataset: dataset, evaluation: evaluation) { event in
      switch event {
      case .pruned(let group, let number, let count):
        line.advance(by: 0, note: "pruned \(group), \(number) of \(count)")
      case .trained(let group, let progress):
        let place = group.map { "after \($0)" } ?? "at the end"
        line.advance(
          by: finetuneBatch,
          note: "\(place): epoch \(progress.epoch) loss \(Format.number(progress.loss, digits: 3))")
      }
    }
  }
}
