import EspalierDatasets
import EspalierEngine
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierPruning
import EspalierTensors
import EspalierTraining

/// Pruning with fine-tuning after each group, as in the paper: each group in order is pruned and verified, and the
/// network trained for a few epochs; a longer training follows at the end.
///
/// Source: C. R. Wolfe and A. Kyrillidis, "i-SpaSP", L4DC 2022, section 5 and its public code.
package struct GradualPruning: Sendable {
  /// One group, pruned and trained.
  package struct Block: Sendable {
    /// The group's name.
    package let group: String
    /// The evaluation after the group was pruned; `nil` without evaluation data.
    package let pruned: Evaluation?
    /// The evaluation after the epochs that follow.
    package let finetuned: Evaluation?
  }

  /// A network pruned and trained.
  package struct Result: Sendable {
    /// The pruning of all groups; its graph is trained.
    package let pruning: PruningResult
    /// The evaluation of the dense network.
    package let before: Evaluation?
    /// The groups, in the order they were pruned.
    package let blocks: [Block]
    /// The evaluation of the final network.
    package let after: Evaluation?
  }

  /// A progress event.
  package enum Event: Sendable {
    /// Group `number` of `of` was pruned.
    case pruned(group: String, number: Int, of: Int)
    /// A training step was taken, after a group or (`nil`) at the end.
    case trained(after: String?, Trainer.Progress)
  }

  /// The request for the groups, sizes and methods.
  package var request: PruningRequest
  /// The settings of the final training, of which there is none for no epochs; the steps after each group have the
  /// initial step size.
  package var training: TrainingOptions
  /// Epochs after each group.
  package var blockEpochs: Int
  /// The backend that networks run on.
  package var backend: any Backend
  /// Where the states of prunings and trainings are kept, and they go on from; `nil` if they are not.
  package var checkpoints: Checkpoints?

  /// Pruning as `request` specifies, with training in between and at the end.
  package init(
    _ request: PruningRequest, training: TrainingOptions, blockEpochs: Int = 1,
    backend: any Backend = Backends.standard
  ) {
    self.request = request
    self.training = training
    self.blockEpochs = blockEpochs
    self.backend = backend
  }

  /// Prunes `graph` on the unlabelled inputs of `calibration` and trains it on the labelled `dataset`.
  ///
  /// - Parameters:
  ///   - evaluation: Labelled data on which accuracy is measured along the way.
  ///   - progress: Called for each group and each step.
  /// - Throws: `EspalierError`: a refusal if nothing can be pruned or a pruned network does not equal its masked
  ///   original; otherwise if network and data do not fit, or training diverges.
  package func run(
    on graph: Graph, calibration: any CalibrationData, dataset: any Dataset, evaluation: (any Dataset)? = nil,
    progress: (Event) -> Void = { _ in }
  ) throws(EspalierError) -> Result {
    func evaluate(_ graph: Graph) throws(EspalierError) -> Evaluation? {
      guard let evaluation else { return nil }
      return try Evaluation(of: graph, on: evaluation, backend: backend)
    }
    let targets = try request.targets(among: Inspection(graph).groups.map(\.group))
    let before = try evaluate(graph)
    var network = graph
    var (results, blocks): ([PruningResult], [Block]) = ([], [])
    for (position, group) in targets.enumerated() {
      let result = try network.pruned(only(group), calibration: calibration, backend: backend)
      results.append(result)
      progress(.pruned(group: group.id, number: position + 1, of: targets.count))
      let pruned = try evaluate(result.graph)
      network = try trainer(afterGroup: position).train(result.graph, on: dataset) {
        progress(.trained(after: group.id, $0))
      }
      blocks.append(Block(group: group.id, pruned: pruned, finetuned: try evaluate(network)))
    }
    if training.epochs > 0 {
      var trainer = Trainer(training, backend: backend)
      (trainer.checkpoints, trainer.processes) = (checkpoints, request.processes)
      network = try trainer.train(network, on: dataset) { progress(.trained(after: nil, $0)) }
    }
    return Result(
      pruning: PruningResult(combining: results, graph: network), before: before, blocks: blocks,
      after: try evaluate(network))
  }

  private func only(_ group: PruningGroup) -> PruningRequest {
    var request = request
    request.only = [group.id]
    request.fractions = request.fractions.filter { $0.key == group.id }
    request.counts = request.counts.filter { $0.key == group.id }
    return request
  }

  private func trainer(afterGroup position: Int) -> Trainer {
    var options = training
    options.epochs = blockEpochs
    options.schedule = .constant
    options.seed = training.seed &+ UInt64(position) &+ 1
    var trainer = Trainer(options, backend: backend)
    (trainer.checkpoints, trainer.processes) = (checkpoints, request.processes)
    return trainer
  }
}
