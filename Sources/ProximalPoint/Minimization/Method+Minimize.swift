import Files
import Tensors

/// Where a minimisation stands after an epoch.
public struct Progress: Sendable {
  /// How many epochs are done.
  public let epoch: Int
  /// How many steps are done.
  public let steps: Int
  /// The objective at `solution`.
  public let objective: Double
  /// The coefficients, the intercept last.
  public let solution: [Double]
}

extension Method {
  /// Minimises the average loss of examples and a regulariser.
  ///
  /// Takes `options.epochs` passes at most. The result is honest about its end: converged only where the stopping rule of
  /// `options.tolerance` was met, diverged with step and reason as soon as a number is not finite or the objective has grown
  /// a million-fold. After each epoch `observe` sees where things stand and may end them by returning false.
  ///
  /// Errors: a `DataError` if a target is none that the loss accepts. Complexity of an epoch: twice the data's size (the steps,
  /// and the objective), times the cost of the displacements.
  public func minimize<L: Loss, Rows: FeatureRows, R: Regularizer, S: Schedule>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), schedule: S = ConstantStep(),
    options: MinimizationOptions = MinimizationOptions(), observe: (Progress) -> Bool = { _ in true }
  ) throws(DataError) -> Minimization {
    try validate()
    try examples.validate(for: loss)
    let objective = Objective(loss, over: examples, regularizer: regularizer)
    var start = options.start ?? [Double](repeating: 0, count: examples.dimension)
    guard start.count == examples.dimension else {
      throw DataError("start", "\(start.count) coefficients for \(examples.dimension)")
    }
    for column in 0..<examples.rows.dimension where !R.dependsOnStep {
      start[column] = regularizer.proximal(start[column], step: step)
    }

    let kernel = makeKernel(
      self, loss, examples, regularizer, at: Iterate(at: start), averaging: options.averagingFrom != nil)
    var order = EpochOrder(options.order, count: examples.count)
    var solution = start
    var trace = [objective.value(start)]
    var status = Minimization.Status.stopped
    var reason = "\(options.epochs) epochs done"
    var epoch = 0
    while epoch < options.epochs {
      if epoch == options.averagingFrom { _ = kernel.takeAverage() }
      let finite = order.next().withUnsafeBufferPointer { pass(over: $0, kernel, schedule) }
      epoch += 1
      solution = kernel.iterate.current
      if let from = options.averagingFrom, epoch > from, let average = kernel.takeAverage() { solution = average }
      trace.append(objective.value(solution))
      if !finite || hasDiverged(from: trace[0], to: trace.last!) {
        let divergence = Divergence(
          step: kernel.steps, reason: reasonOfDivergence(loss, examples, at: start))
        (status, reason) = (.diverged(divergence), divergence.description)
        break
      }
      if let tolerance = options.tolerance,
        abs(trace[epoch] - trace[epoch - 1]) <= tolerance * abs(trace[epoch])
      {
        (status, reason) = (.converged, "the objective changed by at most \(tolerance) of itself in an epoch")
        break
      }
      let progress = Progress(epoch: epoch, steps: kernel.steps, objective: trace[epoch], solution: solution)
      if !observe(progress) {
        reason = "ended by its observer"
        break
      }
    }
    return Minimization(
      status: status, reason: reason, method: describe(schedule, regularizer, options), solution: solution,
      hasIntercept: examples.hasIntercept, steps: kernel.steps, epochs: epoch, objective: trace.last!, trace: trace)
  }

  /// The steps of one epoch, batch by batch; false as soon as a number is not finite.
  private func pass<S: Schedule>(
    over order: UnsafeBufferPointer<Int>, _ kernel: any Stepping, _ schedule: S
  ) -> Bool {
    var position = 0
    while position < order.count {
      let end = min(position + batch.size, order.count)
      let size = S.isConstant ? step : step * schedule.factor(at: kernel.steps)
      guard kernel.advance(on: UnsafeBufferPointer(rebasing: order[position..<end]), step: size) else { return false }
      position = end
    }
    return true
  }

  private func validate() throws(DataError) {
    guard step > 0, step.isFinite else { throw DataError("step size", "\(step) is not a positive number") }
    guard momentum.isFinite else { throw DataError("momentum", "\(momentum) is not a number") }
  }

  private func describe<R: Regularizer, S: Schedule>(
    _ schedule: S, _ regularizer: R, _ options: MinimizationOptions
  ) -> String {
    var words = ["\(name), step \(step)"]
    if momentum != 0 { words.append("momentum \(momentum)") }
    if batch.size > 1 {
      words.append("batches of \(batch.size)" + (Self.isImplicit ? " (\(batch.form.rawValue))" : ""))
    }
    words.append(schedule.name)
    if !(regularizer is NoRegularizer) { words.append("regulariser \(regularizer.name)") }
    if let from = options.averagingFrom { words.append("iterates averaged from epoch \(from + 1) on") }
    return words.joined(separator: ", ")
  }
}

/// The order in which epochs visit the examples.
struct EpochOrder {
  private var positions: [Int]
  private var generator: SeededGenerator?

  init(_ order: MinimizationOptions.Order, count: Int) {
    positions = Array(0..<count)
    if case .shuffled(let seed) = order { generator = SeededGenerator(seed: seed) }
  }

  /// The order of the next epoch.
  mutating func next() -> [Int] {
    if let order = generator?.permutation(positions.count) { positions = order }
    return positions
  }
}
