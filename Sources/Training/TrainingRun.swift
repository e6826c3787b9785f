import EspalierDatasets
import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierProcesses
import EspalierTensors

/// Training in progress, one step at a time.
///
/// After any step, ``state`` determines the rest: a run resumed from it, in this process or another, gives the same
/// bytes. A run whose step has thrown has no state, unless a signal has ended the judgement at the end of an epoch: the
/// run then stands before that.
package final class TrainingRun {
  /// The criterion by which the best network is chosen, at the start and after each epoch.
  struct Judge {
    /// The data to evaluate on.
    let dataset: any Dataset
    /// The error of a network; smaller is better.
    let error: (Graph) throws(EspalierError) -> Double
  }

  private let objective: any Objective
  private let options: TrainingOptions
  private let judge: Judge?
  private let batches: BatchSequence
  private let stepsPerEpoch: Int
  private let step: TrainingStep
  private let checkpoints: Checkpoints?
  private let processes: any ProcessGroup
  private var position = TrainingState.Position()
  private var best: TrainingState.Best?
  /// The stream of the current epoch.
  private var stream: SharedBatchStream?
  /// The batches of the next step, read ahead to detect the last step of an epoch.
  private var upcoming: [SharedBatchStream.Share] = []
  private lazy var origin = StateOrigin(
    sources: objective.checksums.merging(dataSources) { first, _ in first },
    settings: StateOrigin.settings(of: options))

  /// Trains the network of `objective` on `dataset`, from the beginning, from `state` or from the last of
  /// `checkpoints`.
  ///
  /// - Throws: `EspalierError` if the data has no batch, or the state belongs to another training.
  init(
    _ objective: any Objective, on dataset: any Dataset, _ options: TrainingOptions, backend: any Backend,
    judge: Judge? = nil, from state: TrainingState? = nil, checkpoints: Checkpoints? = nil,
    among processes: any ProcessGroup = SingleProcess()
  ) throws(EspalierError) {
    self.checkpoints = checkpoints
    self.processes = processes
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
    step = try TrainingStep(objective, options, backend: backend, among: processes)
    let kept = try checkpoints.flatMap { (checkpoints) throws(EspalierError) in
      try checkpoints.state(of: origin, as: TrainingState.self)
    }
    if let state = state ?? kept {
      try state.origin.check(against: origin, TrainingState.kind)
      try step.restore(state.values, optimizer: state.optimizer, taken: state.position.step)
      (position, best) = (state.position, state.best)
    } else if let judge {
      best = TrainingState.Best(error: try judge.error(objective.network), values: try step.learnt)
    }
  }

  /// Takes the next step and returns the progress; `nil` if none is left.
  ///
  /// - Throws: `EspalierError` if the data cannot be read or the loss is not finite.
  package func next() throws(EspalierError) -> Trainer.Progress? {
    guard let (stream, own) = try nextBatches() else { return nil }
    upcoming = try stream.step(of: options.accumulation)
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
    position.sampleCount += own.reduce(0) { $0 + $1.round.sizes.reduce(0, +) }
    position.lossSum += loss
    let progress = Trainer.Progress(
      epoch: position.epoch + 1, step: position.step, stepCount: total, sampleCount: position.sampleCount,
      loss: position.lossSum / Double(position.stepInEpoch), endsEpoch: upcoming.isEmpty)
    if upcoming.isEmpty { try endEpoch() }
    return progress
  }

  /// Takes all remaining steps and returns the network.
  func finish(_ progress: (Trainer.Progress) -> Void) throws(EspalierError) -> Graph {
    guard let checkpoints else {
      while let step = try next() { progress(step) }
      return try network
    }
    try checkpoints.deferringSignals { () throws(EspalierError) in
      while let step = try next(keptIn: checkpoints) {
        progress(step)
        try checkpoints.note(of: origin) { () throws(EspalierError) in try state }
      }
      // A command of several trainings does not repeat this one.
      try checkpoints.keep(of: origin, try state)
    }
    return try network
  }

  /// Takes the next step; a judgement that a signal has ended leaves the state before it in `checkpoints`.
  private func next(keptIn checkpoints: Checkpoints) throws(EspalierError) -> Trainer.Progress? {
    do throws(EspalierError) {
      return try next()
    } catch {
      if error.kind == .interrupted { try checkpoints.keep(of: origin, try state) }
      throw error
    }
  }

  /// The current network; with a judge, the network with the smallest error among those at the start and after each
  /// epoch.
  package var network: Graph {
    get throws(EspalierError) {
      if let best { return step.network(with: best.values) }
      return step.network(with: try step.learnt)
    }
  }

  /// The state that determines the rest of training.
  package var state: TrainingState {
    get throws(EspalierError) {
      TrainingState(
        origin: origin, values: try step.learnt, optimizer: step.optimizerState, position: position, best: best)
    }
  }

  /// The stream of the current epoch and the batches of the next step; `nil` after the last epoch.
  private func nextBatches() throws(EspalierError) -> (stream: SharedBatchStream, batches: [SharedBatchStream.Share])? {
    while position.epoch < options.epochs {
      let stream = if let stream { stream } else { try epochUnderWay() }
      self.stream = stream
      if !upcoming.isEmpty { return (stream, upcoming) }
      try endEpoch()
    }
    return nil
  }

  /// The stream of the current epoch, advanced past the batches already trained on. They are read, because unreadable
  /// samples change the contents of later batches.
  private func epochUnderWay() throws(EspalierError) -> SharedBatchStream {
    let stream = batches.epoch(position.epoch, inStepsOf: options.accumulation, among: processes)
    for _ in 0..<position.stepInEpoch { _ = try stream.step(of: options.accumulation) }
    upcoming = try stream.step(of: options.accumulation)
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

extension SharedBatchStream {
  /// The next `count` batches, fewer at the end, round by round.
  fileprivate func step(of count: Int) throws(EspalierError) -> [Share] {
    var (shares, batches): ([Share], Int) = ([], 0)
    while batches < count, let share = try next() {
      shares.append(share)
      batches += share.round.sizes.count
    }
    return shares
  }
}

extension Dataset {
  /// A checksum of the number, shape and classes of the samples; it does not read them.
  fileprivate var checksum: UInt32 {
    var checksum = Checksum()
    checksum.add("\(count) samples of \(sampleShape), \(classCount ?? 0) classes, \(fieldNames)")
    return checksum.value
  }
}
