import ArgumentParser
import EspalierGraph
import EspalierPruning
import EspalierTensors
import EspalierWorkflows

/// Training of a pruned network towards the dense one.
struct DistillationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Train the pruned network towards the dense one for so long, on the calibration inputs, without labels: block by \
      block, then as a whole.
      """, valueName: "minutes"))
  var distil: Double?

  func validate() throws {
    guard distil.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw ValidationError("--distil takes a number of minutes above 0")
    }
  }

  /// Trains the network of `pruning` towards `dense`, if that is asked for.
  func run(
    on pruning: MeasuredPruning, of dense: Graph, _ split: CalibrationSplit, seed: UInt64, _ options: RunOptions,
    _ stages: StageLines, _ checkpoints: Checkpoints?
  ) throws -> DistilledPruning? {
    try distil.map { minutes in
      var job = BlockwiseDistillation(seconds: 60 * minutes, backend: options.chosenBackend)
      job.seed = seed
      job.checkpoints = checkpoints
      return try DistilledPruning(pruning, of: dense, on: split, by: job, progress: stages.distillation)
    }
  }
}
