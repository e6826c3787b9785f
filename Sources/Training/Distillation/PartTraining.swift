import EspalierExecution
import EspalierFiles
import EspalierGraph
import EspalierOperators
import EspalierTensors

/// Trains a part of a small network towards values of the large one, in a given time and without settings.
///
/// Adam takes steps that follow half a cosine to zero over the time. The initial step size is the one of a few
/// (``StepSizes``) that lowers the error on held-out batches most in a few steps. The error on held-out batches is
/// measured along the way, and the best state is kept: the part is never worse on them than before.
package struct PartTraining {
  /// The result of training a part.
  package struct Outcome: Sendable {
    /// The mean distance on held-out batches before.
    package let before: Double
    /// The same of the best state, the one at the beginning included.
    package let after: Double
    /// What the second half of the time gained: a measure of what more time would gain.
    package let lateGain: Double
    /// Steps taken.
    package let steps: Int
    /// The initial step size; 0 if no step was taken.
    package let stepSize: Double
    /// The parameters of the best state, by name.
    package let parameters: [String: Tensor]
  }

  /// Of the time, what choosing the step size may take, and what measuring may take.
  private static let (trialShare, measuringShare) = (0.2, 0.2)
  /// The most measurements on held-out batches.
  private static let mostMeasurements = 8
  /// The most steps that a step size is tried for.
  private static let trialSteps = 16

  private let step: TrainingStep
  private let stepSizes: [Double]
  private let seen: PartBatches
  private let heldOut: PartBatches

  /// Trains `parameters` of `part` to bring it closer to the targets at `points`.
  ///
  /// - Throws: `EspalierError` if the part has no derivative, or does not fit the batches.
  package init(
    _ part: Graph, points: [DistillationPoint], parameters: Set<String>, on seen: PartBatches, heldOut: PartBatches,
    backend: any Backend
  ) throws(EspalierError) {
    let objective = PartObjective(network: part, points: points, feeds: seen.largest)
    var options = TrainingOptions(optimizer: AdamW(weightDecay: 0), statistics: .stored)
    options.parameters = .exactly(parameters)
    step = try TrainingStep(objective, options, backend: backend)
    stepSizes = StepSizes(part.constants.keys.filter(parameters.contains), of: part).candidates
    self.seen = seen
    self.heldOut = heldOut
  }

  /// The mean distance on the held-out batches.
  package func error() throws(EspalierError) -> Double {
    var sum = 0.0
    for index in 0..<heldOut.count { sum += try step.loss(heldOut.batch(at: index)) }
    return sum / Double(max(heldOut.count, 1))
  }

  /// Trains until `budget` is over.
  ///
  /// - Parameters:
  ///   - seed: The order of the batches follows from it.
  ///   - progress: Receives the number of steps taken so far.
  /// - Throws: `EspalierError` if the batches cannot be read.
  package func run(
    _ budget: TimeBudget, seed: UInt64, progress: (Int) -> Void = { _ in }
  ) throws(EspalierError) -> Outcome {
    let begin = budget.now()
    let initial = try State(self, error: error())
    let measuring = budget.now() - begin
    var order = EndlessOrder(seen.count, seed: seed)
    // The last measurement lies within the time.
    let budget = budget.reserving(measuring)
    var best = initial
    var (steps, stepSize) = (0, 0.0)
    if !budget.isOver { (stepSize, best, steps) = try chooseStepSize(from: initial, budget, &order) }
    let (start, length) = (budget.now(), budget.remaining)
    let measurements = Int(
      min(Double(Self.mostMeasurements), max(1, Self.measuringShare * length / max(measuring, 1e-9))))
    var (measured, futile, halfway) = (0, 0, best.error)
    func measure() throws(EspalierError) {
      let state = try State(self, error: error())
      futile = state.error < best.error ? 0 : futile + 1
      if state.error < best.error { best = state }
    }
    while !budget.isOver {
      let fraction = min(1, (budget.now() - start) / max(length, 1e-9))
      if fraction * Double(measurements) >= Double(measured + 1) {
        measured = Int(fraction * Double(measurements))
        try measure()
        if fraction <= 0.5 { halfway = best.error }
        if fraction > 0.5, futile > 2 { break }
      }
      let loss = try take(order.next(), stepSize * Self.cosine(fraction))
      steps += 1
      progress(steps)
      if !loss.isFinite {
        try restore(best)
        stepSize /= 3
      }
    }
    if steps > 0 { try measure() }
    try restore(best)
    return Outcome(
      before: initial.error, after: best.error, lateGain: max(0, halfway - best.error), steps: steps,
      stepSize: stepSize, parameters: best.values.parameters)
  }

  /// Tries the step sizes for a few steps each, along half a cosine as later, as far as the time allows, and goes on
  /// from the state of the best; from the initial one with the smallest step size where all make it worse.
  private func chooseStepSize(
    from initial: State, _ budget: TimeBudget, _ order: inout EndlessOrder
  ) throws(EspalierError) -> (stepSize: Double, state: State, steps: Int) {
    let batches = (0..<min(Self.trialSteps, seen.count)).map { _ in order.next() }
    let trials = budget.first(Self.trialShare)
    var chosen: (stepSize: Double, state: State)?
    for stepSize in stepSizes {
      let begin = budget.now()
      try restore(initial)
      for (position, batch) in batches.enumerated() where !budget.isOver {
        _ = try take(batch, stepSize * Self.cosine(Double(position) / Double(batches.count)))
      }
      let state = try State(self, error: error())
      if state.error.isFinite, state.error < chosen?.state.error ?? .infinity { chosen = (stepSize, state) }
      guard budget.now() - begin < trials.remaining else { break }
    }
    guard let chosen, chosen.state.error < initial.error else {
      try restore(initial)
      return (stepSizes.min() ?? 0, initial, batches.count)
    }
    try restore(chosen.state)
    return (chosen.stepSize, chosen.state, batches.count)
  }

  private func take(_ batch: Int, _ stepSize: Double) throws(EspalierError) -> Double {
    try step([seen.batch(at: batch)], stepSize: stepSize)
  }

  private static func cosine(_ fraction: Double) -> Double {
    LearningRateSchedule.cosine.factor(step: Int(fraction * 1e6), of: 1_000_000, stepsPerEpoch: 1)
  }

  private func restore(_ state: State) throws(EspalierError) {
    try step.restore(state.values, optimizer: state.optimizer, taken: state.taken)
  }

  /// A state of training, with its error on held-out batches.
  private struct State {
    let error: Double
    let values: TrainedValues
    let optimizer: [String: [String: Tensor]]
    let taken: Int

    init(_ training: PartTraining, error: Double) throws(EspalierError) {
      self.error = error
      values = try training.step.learnt
      optimizer = training.step.optimizerState
      taken = training.step.taken
    }
  }
}

/// The numbers 0 ..< n in a new random order again and again.
private struct EndlessOrder {
  private let count: Int
  private var generator: SeededGenerator
  private var left: [Int] = []

  init(_ count: Int, seed: UInt64) {
    precondition(count > 0, "there is at least one batch")
    self.count = count
    generator = SeededGenerator(seed: seed)
  }

  mutating func next() -> Int {
    if left.isEmpty { left = generator.permutation(count) }
    return left.removeLast()
  }
}
