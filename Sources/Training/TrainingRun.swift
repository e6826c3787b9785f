import EspalierDatasets
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// A training under way, one step at a time.
///
/// After any step ``state`` is all that the rest follows from: another run that begins with it, in this process or
/// another, ends with the same bytes. A run whose step has thrown has no state any more.
package final class TrainingRun {
  /// Who says how good a network is, at the start and after each epoch.
  struct Judge {
    /// What it looks at.
    let dataset: any Dataset
    /// The smaller the better.
    let error: (Graph) throws(EspalierError) -> Double
  }

  private let objective: any Objective
  private let options: TrainingOptions
  private let judge: Judge?
  private let batches: BatchSequence
  private let stepsPerEpoch: Int
  private let step: TrainingStep
  private var position = TrainingState.Position()
  private var best: TrainingState.Best?
  /// The epoch under way.
  private var stream: (any BatchStream)?
  /// The batches of the next step, read ahead so that the last step of an epoch is known to be it.
  private var upcoming: [Batch] = []
  private lazy var origin = StateOrigin(
    sources: objective.checksums.merging(dataSources) { first, _ in first },
    settings: StateOrigin.settings(of: options))

  /// The training of the network of `objective` on `dataset`, from its beginning or from `state`.
  ///
  /// - Throws: `EspalierError` if the data has no batch, or the state is not one of this training.
  init(
    _ objective: any Objective, on dataset: any Dataset, _ options: TrainingOptions, backend: any Backend,
    judge: Judge? = nil, from state: TrainingState? = nil
  ) throws(EspalierError) {
    self.objective = objective
    self.options = options
    self.judge = judge
    batches = BatchSequence(
      dataset.augmented(seed: options.seed), batchSize: options.batchSize, order: .shuffled(seed: options.seed),
      partial: .dropped)
    stepsPerEpoch = (batches.batchesPerEpoch + options.accumulation - 1) / options.accumulation
    guard stepsPerEpoch > 0 else {
      throw EspalierError(
        .data, dataset.name, "has fewer samples (\(dataset.count)) than a batch (\(options.batchSize))")
    }
    step = try TrainingStep(objective, options, backend: backend)
    if let state {
      try state.origin.check(against: origin, TrainingState.kind)
      try step.restore(state.values, optimizer: state.optimizer, taken: state.position.step)
      (position, best) = (state.position, state.best)
    } else if let judge {
      best = TrainingState.Best(error: try judge.error(objective.network), values: try step.learnt)
    }
  }

  /// Takes the next step and says how far training is; `nil` where none is left.
  ///
  /// - Throws: `EspalierError` if the data cannot be read or the loss stops being a number.
  package func next() throws(EspalierError) -> Trainer.Progress? {
    guard let (stream, own) = try nextBatches() else { return nil }
    upcoming = try stream.next(options.accumulation)
    let total = options.epochs * stepsPerEpoch
    let factor = options.warmUp.factor(
      options.schedule, step: position.step, of: total, stepsPerEpoch: stepsPerEpoch)
    let loss = try step(own, stepSize: options.stepSize * factor)
    guard loss.isFinite else {
      throw EspalierError(
        .diverged, "training", "diverged at step \(position.step + 1): the loss is \(loss)",
        remedy: "choose a smaller step size")
    }
    position.step += 1
    position.stepInEpoch += 1
    position.sampleCount += own.reduce(0) { $0 + $1.count }
    position.lossSum += loss
    let progress = Trainer.Progress(
      epoch: position.epoch + 1, step: position.step, stepCount: total, sampleCount: position.sampleCount,
      loss: position.lossSum / Double(position.stepInEpoch), endsEpoch: upcoming.isEmpty)
    if upcoming.isEmpty { try endEpoch() }
    return progress
  }

  /// Takes all steps that are left and gives the network.
  func finish(_ progress: (Trainer.Progress) -> Void) throws(EspalierError) -> Graph {
    while let step = try next() { progress(step) }
    return try network
  }

  /// The network as it is now; with a judge, as it was at the start or after the epoch that the judge gives the
  /// smallest number to.
  package var network: Graph {
    get throws(EspalierError) {
      if let best { return step.network(with: best.values) }
      return step.network(with: try step.learnt)
    }
  }

  /// What the rest of the training follows from.
  package var state: TrainingState {
    get throws(EspalierError) {
      TrainingState(
        origin: origin, values: try step.learnt, optimizer: step.optimizerState, position: position, best: best)
    }
  }

  /// The stream of the epoch under way and the batches of the next step; `nil` behind the last epoch.
  private func nextBatches() throws(EspalierError) -> (stream: any BatchStream, batches: [Batch])? {
    while position.epoch < options.epochs {
      let stream = if let stream { stream } else { try epochUnderWay() }
      self.stream = stream
      if !upcoming.isEmpty { return (stream, upcoming) }
      try endEpoch()
    }
    return nil
  }

  /// The stream of the epoch under way behind the batches that were learnt from, its next ones made ready.
  private func epochUnderWay() throws(EspalierError) -> any BatchStream {
    let stream = try batches.epoch(position.epoch)
    try stream.skip(position.stepInEpoch * options.accumulation)
    upcoming = try stream.next(options.accumulation)
    return stream
  }

  private func endEpoch() throws(EspalierError) {
    if let judge, let current = best {
      let values = try step.learnt
      let error = try judge.error(step.network(with: values))
      if error < current.error { best = TrainingState.Best(error: error, values: values) }
    }
    position.epoch += 1
    (position.stepInEpoch, position.lossSum) = (0, 0)
    (stream, upcoming) = (nil, [])
  }

  private var dataSources: [String: UInt32] {
    var sources = ["data set": batches.dataset.checksum]
    if let judge { sources["data set held out"] = judge.dataset.checksum }
    return sources
  }
}

extension BatchStream {
  /// The next `count` batches, fewer at the end.
  fileprivate func next(_ count: Int) throws(EspalierError) -> [Batch] {
    var batches: [Batch] = []
    while batches.count < count, let batch = try next() { batches.append(batch) }
    return batches
  }

  /// Passes over `count` batches, which are read: which samples can be, decides what is in the next.
  fileprivate func skip(_ count: Int) throws(EspalierError) {
    for _ in 0..<count { _ = try next() }
  }
}

extension Dataset {
  /// A checksum of how many samples of which shape and classes there are; it does not read them.
  fileprivate var checksum: UInt32 {
    var checksum = Checksum()
    checksum.add("\(count) samples of \(sampleShape), \(classCount ?? 0) classes, \(fieldNames)")
    return checksum.value
  }
}
