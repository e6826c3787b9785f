import EspalierFiles
import EspalierTraining

extension Network {
  /// The accuracy on labelled samples: the share whose class has the largest output.
  ///
  /// - Throws: `EspalierError` where network and samples do not fit, or the classes are made by a node that is not run.
  public func accuracy(on samples: Samples) throws(EspalierError) -> Double {
    try requireAnswer()
    return try Evaluation(of: graph, on: samples.dataset).top1
  }

  /// The network after training on labelled samples: by default with stochastic gradients and momentum, the step
  /// decreasing by a cosine.
  ///
  /// - Parameters:
  ///   - stepSize: The initial step size.
  ///   - optimizer: How parameters follow their gradients.
  ///   - schedule: How the step size changes.
  ///   - progress: Told the epoch, counted from 1, and its mean loss so far, after every step.
  /// - Throws: `EspalierError`: of kind `diverged` where the loss stops being a number, else of kind `model` or `data`.
  public func finetuned(
    on samples: Samples, epochs: Int = 1, stepSize: Double = 0.01, optimizer: OptimizationMethod = .momentum,
    schedule: TrainingSchedule = .cosine, progress: (_ epoch: Int, _ loss: Double) -> Void = { _, _ in }
  ) throws(EspalierError) -> Network {
    try requireAnswer()
    let options = TrainingOptions(
      epochs: epochs, batchSize: min(128, samples.count), stepSize: stepSize, schedule: schedule.schedule,
      optimizer: optimizer.optimizer)
    return replacing(
      try Trainer(options).train(graph, on: samples.dataset) { progress($0.epoch, $0.loss) })
  }

  /// The network after training without labels to compute what `teacher` computes, the network it was pruned from.
  ///
  /// - Throws: As ``finetuned(on:epochs:stepSize:optimizer:schedule:progress:)`` does.
  public func distilled(
    from teacher: Network, on samples: Samples, epochs: Int = 1, stepSize: Double = 1e-3,
    optimizer: OptimizationMethod = .adamW, schedule: TrainingSchedule = .cosine,
    progress: (_ epoch: Int, _ loss: Double) -> Void = { _, _ in }
  ) throws(EspalierError) -> Network {
    let options = TrainingOptions(
      epochs: epochs, batchSize: min(128, samples.count), stepSize: stepSize, schedule: schedule.schedule,
      optimizer: optimizer.optimizer, statistics: .stored)
    return replacing(
      try Trainer(options).distill(graph, from: teacher.graph, on: samples.dataset) { progress($0.epoch, $0.loss) })
  }

  /// Checks that the first output is run.
  private func requireAnswer() throws(EspalierError) {
    guard let opaque = graph.opaque, let answer = opaque.outputs.first?.name, opaque.madeOutputs.contains(answer) else {
      return
    }
    throw EspalierError(
      .model, "output \"\(answer)\"", "depends on \(notRun.joined(separator: ", ")), which is not run",
      remedy: "register the operator as a CustomOperator before the network is read")
  }
}
