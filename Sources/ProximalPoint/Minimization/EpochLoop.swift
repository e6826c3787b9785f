import Files

/// What the loop over epochs needs of an objective.
package protocol AverageObjective {
  /// How many examples it averages.
  var exampleCount: Int { get }
  /// How many coefficients it has.
  var dimension: Int { get }
  /// `f(x)`; infinite where it overflows.
  func value(_ x: [Double]) -> Double
  /// Moves coefficients to where a constraint allows them.
  func project(_ x: inout [Double])
}

extension Objective: AverageObjective {
  package var exampleCount: Int { examples.count }
  package var dimension: Int { examples.dimension }
}

/// Epoch after epoch of a method's steps, until a stopping rule, an end of the epochs or a divergence.
struct EpochLoop<M: Method, S: Schedule, F: AverageObjective> {
  let method: M
  let schedule: S
  let objective: F
  let options: MinimizationOptions
  /// The steps from a start, with averaging or without.
  let stepper: (Iterate, Bool) -> Stepper
  /// Why the method diverged that started at a point.
  let reasonOfDivergence: ([Double]) -> Divergence.Reason

  /// Runs the loop. `hasIntercept` and `description` go to the result.
  func run(
    hasIntercept: Bool, description: String, observe: (Progress) -> Bool
  ) throws(EspalierError) -> Minimization {
    try validate()
    var start = options.start ?? [Double](repeating: 0, count: objective.dimension)
    guard start.count == objective.dimension else {
      throw EspalierError(.argument, "start", "\(start.count) coefficients for \(objective.dimension)")
    }
    objective.project(&start)
    let stepper = stepper(Iterate(at: start), options.averagingFrom != nil)
    var order = EpochOrder(options.order, count: objective.exampleCount)
    var solution = start
    var trace = [objective.value(start)]
    var end: (status: Minimization.Status, reason: String)?
    var epoch = 0
    while end == nil, epoch < options.epochs {
      let isFinite = order.next().withUnsafeBufferPointer { pass(over: $0, stepper) }
      epoch += 1
      solution = outcome(of: stepper, epoch: epoch)
      if !isFinite || epoch == options.epochs || options.tracesObjective || options.tolerance != nil {
        trace.append(objective.value(solution))
        end = verdict(stepper, isFinite, trace, start, isLast: epoch == options.epochs)
      }
      let progress = Progress(epoch: epoch, steps: stepper.steps(), objective: trace.last!, solution: solution)
      if end == nil, !observe(progress) { end = (.stopped, "ended by its observer") }
    }
    let (status, reason) = end ?? (.stopped, "\(options.epochs) epochs done")
    return Minimization(
      status: status, reason: reason, method: description, solution: solution, hasIntercept: hasIntercept,
      steps: stepper.steps(), epochs: epoch, objective: trace.last!, trace: trace)
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

  /// What an epoch (1, 2, ...) ends at: its last iterate, or their average where that is asked for.
  private func outcome(of stepper: Stepper, epoch: Int) -> [Double] {
    guard var average = stepper.takeAverage(), let from = options.averagingFrom, epoch > from else {
      return stepper.iterate().current
    }
    objective.project(&average)
    return average
  }

  private func verdict(
    _ stepper: Stepper, _ isFinite: Bool, _ trace: [Double], _ start: [Double], isLast: Bool
  ) -> (Minimization.Status, String)? {
    let (before, now) = (trace[trace.count - 2], trace[trace.count - 1])
    if !isFinite || method.hasDiverged(from: trace[0], to: now, isLast: isLast) {
      let divergence = Divergence(step: stepper.steps(), reason: reasonOfDivergence(start))
      return (.diverged(divergence), divergence.description)
    }
    if let tolerance = options.tolerance, abs(now - before) <= tolerance * abs(now) {
      return (.converged, "the objective changed by at most \(tolerance) of itself in an epoch")
    }
    return nil
  }

  private func validate() throws(EspalierError) {
    guard method.step > 0, method.step.isFinite else {
      throw EspalierError(.argument, "step size", "\(method.step) is not a positive number")
    }
    guard method.momentum.isFinite else {
      throw EspalierError(.argument, "momentum", "\(method.momentum) is not a number")
    }
  }
}
