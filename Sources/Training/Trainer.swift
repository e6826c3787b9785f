import Datasets
import Engine
import Execution
import Files
import Graph
import Operators

/// Trains a network on data: a classifier on labels, or a small network on what a large one computes.
public struct Trainer: Sendable {
  /// How far training is, told after every step.
  public struct Progress: Sendable {
    /// The epoch, counted from 1.
    public let epoch: Int
    /// Steps taken in all.
    public let step: Int
    /// Steps to take in all.
    public let stepCount: Int
    /// Samples seen in all.
    public let sampleCount: Int
    /// The mean loss of this epoch so far.
    public let loss: Double
    /// Whether this step was the last of its epoch.
    public let endsEpoch: Bool
  }

  /// The settings.
  public var options: TrainingOptions
  /// What the network runs on.
  public var backend: any Backend

  /// Training with `options`.
  public init(_ options: TrainingOptions, backend: any Backend = Backends.standard) {
    self.options = options
    self.backend = backend
  }

  /// The network after training on labelled data: its parameters, and the running statistics of its batch normalisations.
  ///
  /// - Throws: `EspalierError` if network and data do not fit, or the loss stops being a number.
  public func train(
    _ graph: Graph, on dataset: any Dataset, progress: (Progress) -> Void = { _ in }
  ) throws -> Graph {
    let classifier = try Classifier(graph.preparedForTraining(), on: dataset)
    return try minimize(Classification(classifier, options.loss), on: dataset, progress: progress)
  }

  /// The network of `objective` after the epochs of the options; with a judge, as it was at the start or after the
  /// epoch that the judge gives the smallest number to.
  func minimize(
    _ objective: any Objective, on dataset: any Dataset, judge: ((Graph) throws -> Double)? = nil,
    progress: (Progress) -> Void
  ) throws -> Graph {
    let batches = BatchSequence(
      dataset.augmented(seed: options.seed), batchSize: options.batchSize, order: .shuffled(seed: options.seed),
      partial: .dropped)
    let stepsPerEpoch = (batches.batchesPerEpoch + options.accumulation - 1) / options.accumulation
    guard stepsPerEpoch > 0 else {
      throw EspalierError(
        .data, dataset.name, "has fewer samples (\(dataset.count)) than a batch (\(options.batchSize))")
    }
    let step = try TrainingStep(objective, options, backend: backend)
    let (together, total) = (options.accumulation, options.epochs * stepsPerEpoch)
    var (taken, seen) = (0, 0)
    var best = try judge.map { (network: objective.network, error: try $0(objective.network)) }
    for epoch in 0..<options.epochs {
      let stream = try batches.epoch(epoch)
      var sum = 0.0
      var inEpoch = 0
      var upcoming = try stream.next(together)
      while !upcoming.isEmpty {
        let own = upcoming
        upcoming = try stream.next(together)
        let factor = options.warmUp.factor(options.schedule, step: taken, of: total, stepsPerEpoch: stepsPerEpoch)
        let loss = try step(own, stepSize: options.stepSize * factor)
        guard loss.isFinite else {
          throw EspalierError(
            .diverged, "training", "diverged at step \(taken + 1): the loss is \(loss)",
            remedy: "choose a smaller step size")
        }
        taken += 1
        seen += own.reduce(0) { $0 + $1.count }
        inEpoch += 1
        sum += loss
        progress(
          Progress(
            epoch: epoch + 1, step: taken, stepCount: total, sampleCount: seen,
            loss: sum / Double(inEpoch), endsEpoch: upcoming.isEmpty))
      }
      if let judge {
        let network = step.trained
        let error = try judge(network)
        if let current = best, error < current.error { best = (network, error) }
      }
    }
    return best?.network ?? step.trained
  }
}

extension Graph {
  /// The same network with every parameter stored with the graph, each layer's biases and statistics its own.
  func preparedForTraining() throws -> Graph { try storingWhatIsKnown().separatingSharedVectors() }
}

extension BatchStream {
  /// The next `count` batches, fewer at the end.
  fileprivate func next(_ count: Int) throws(EspalierError) -> [Batch] {
    var batches: [Batch] = []
    while batches.count < count, let batch = try next() { batches.append(batch) }
    return batches
  }
}
