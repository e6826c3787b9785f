import EspalierFiles

/// The requirements of the epoch loop on an objective.
package protocol AverageObjective {
  /// The number of examples averaged.
  var exampleCount: Int { get }
  /// The number of coefficients.
  var dimension: Int { get }
  /// `f(x)`; infinite where it overflows.
  func value(_ x: [Double]) -> Double
  /// Projects coefficients onto the constraint.
  func project(_ x: inout [Double])
}

extension Objective: AverageObjective {
  package var exampleCount: Int { examples.count }
  package var dimension: Int { examples.dimension }
}

/// The epochs of a method, until the stopping rule is met, the epochs are used up or the method diverges.
final class EpochLoop<M: StochasticMethod, S: Schedule, F: AverageObjective>: MinimizationRun {
  private let method: M
  private let schedule: S
  private let objective: F
  private let options: MinimizationOptions
  private let hasIntercept: Bool
  private let description: String
  private let reasonOfDivergence: ([Double]) -> Divergence.Reason
  /// The steps, on their own memory; its iterate is ahead of the state's.
  private let stepper: Stepper
  private var order: EpochOrder
  private var past: EpochState
  private(set) var progress: Progress?

  /// The epochs of `method`, from the start or from `state`.
  ///
  /// - Parameters:
  ///   - hasIntercept: Passed on to the result, as is `description`.
  ///   - stepper: The steps from an iterate, with or without averaging.
  ///   - reasonOfDivergence: The reason why the method, started at a point, diverged.
  /// - Throws: `EspalierError` if a parameter of the method is out of range, or a start or state has another dimension.
  init(
    _ method: M, _ schedule: S, _ objective: F, _ options: MinimizationOptions, hasIntercept: Bool,
    description: String, from state: EpochState?, stepper: (Iterate, Bool) -> Stepper,
    reasonOfDivergence: @escaping ([Double]) -> Divergence.Reason
  ) throws(EspalierError) {
    try Self.validate(method)
    self.method = method
    self.schedule = schedule
    self.objective = objective
    self.options = options
    self.hasIntercept = hasIntercept
    self.description = description
    self.reasonOfDivergence = reasonOfDivergence
    if let state { past = state } else { past = try Self.beginning(objective, options) }
    let counts = [past.start.count, past.iterate.current.count, past.solution.count]
    guard counts.allSatisfy({ $0 == objective.dimension }), !past.trace.isEmpty else {
      throw EspalierError(
        .data, "state", "is of \(past.iterate.current.count) coefficients, and there are \(objective.dimension)")
    }
    order = EpochOrder(options.order, count: objective.exampleCount)
    if state != nil { order.generator = past.generator }
    self.stepper = stepper(past.iterate, options.averagingFrom != nil)
  }

  private static func beginning(_ objective: F, _ options: MinimizationOptions) throws(EspalierError) -> EpochState {
    var start = options.start ?? [Double](repeating: 0, count: objective.dimension)
    guard start.count == objective.dimension else {
      throw EspalierError(.argument, "start", "\(start.count) coefficients for \(objective.dimension)")
    }
    objective.project(&start)
    return EpochState(start: start, iterate: Iterate(at: start), solution: start, trace: [objective.value(start)])
  }

  func advance() -> Bool {
    guard past.end == nil, past.epoch < options.epochs else { return false }
    let isFinite = order.next().withUnsafeBufferPointer { pass(over: $0, stepper) }
    past.epoch += 1
    past.solution = outcome(of: stepper, epoch: past.epoch)
    let isLast = past.epoch == options.epochs
    if !isFinite || isLast || options.tracesObjective || options.tolerance != nil {
      past.trace.append(objective.value(past.solution))
      past.end = verdict(stepper, isFinite, past.trace, past.start, isLast: isLast)
    }
    progress =
      past.end == nil
      ? Progress(
        epoch: past.epoch, steps: stepper.steps(), objective: past.trace.last!, solution: past.solution) : nil
    return true
  }

  func stop() { past.end = EpochState.End(status: .stopped, reason: "ended by its observer") }

  var state: SolverState {
    var state = past
    state.iterate = stepper.iterate()
    state.generator = order.generator
    return SolverState(epochs: state)
  }

  var outcome: Minimization {
    Minimization(
      status: past.end?.status ?? .stopped, reason: past.end?.reason ?? "\(options.epochs) epochs done",
      method: description, solution: past.solution, hasIntercept: hasIntercept, steps: stepper.steps(),
      epochs: past.epoch, objective: past.trace.last!, trace: past.trace)
  }

  /// The steps of one epoch, batch by batch; false as soon as a number is not finite.
  private func pass(over order: UnsafeBufferPointer<Int>, _ stepper: Stepper) -> Bool {
    var position = 0
    while position < order.count {
      let end = min(position + method.batch.size, order.count)
      let size = S.isConstant ? method.step : method.step * schedule.factor(at: stepper.steps())
      if let prepare = stepper.prepare, position + 16 < order.count {
        prepare(order[position + 6], order[position + 16])
      }
      guard stepper.advance(UnsafeBufferPointer(rebasing: order[position..<end]), size) else { return false }
      position = end
    }
    return true
  }

  /// The result of an epoch (1, 2, ...): its last iterate, or the average of its iterates if requested.
  private func outcome(of stepper: Stepper, epoch: Int) -> [Double] {
    guard var average = stepper.takeAverage(), let from = options.averagingFrom, epoch > from else {
      return stepper.iterate().current
    }
    objective.project(&average)
    return average
  }

  private func verdict(
    _ stepper: Stepper, _ isFinite: Bool, _ trace: [Double], _ start: [Double], isLast: Bool
  ) -> EpochState.End? {
    let (before, now) = (trace[trace.count - 2], trace[trace.count - 1])
    if !isFinite || method.hasDiverged(from: trace[0], to: now, isLast: isLast) {
      let divergence = Divergence(step: stepper.steps(), reason: reasonOfDivergence(start))
      return EpochState.End(status: .diverged(divergence), reason: divergence.description)
    }
    if let tolerance = options.tolerance, abs(now - before) <= tolerance * abs(now) {
      return EpochState.End(
        status: .converged, reason: "the objective changed by at most \(tolerance) of itself in an epoch")
    }
    return nil
  }

  private static func validate(_ method: M) throws(EspalierError) {
    guard method.step > 0, method.step.isFinite else {
      throw EspalierError(.argument, "step size", "\(method.step) is not a positive number")
    }
    guard method.momentum.isFinite else {
      throw EspalierError(.argument, "momentum", "\(method.momentum) is not a number")
    }
  }
}
