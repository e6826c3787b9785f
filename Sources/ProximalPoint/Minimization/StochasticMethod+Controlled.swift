import EspalierFiles

/// The outcome of a minimisation under ``DisplacementControl``.
package struct ControlledMinimization: Sendable {
  /// The coefficients: the average of the last epoch's iterates.
  package let solution: [Double]
  /// The objective at the start and after each epoch.
  package let trace: [Double]
  /// The control in the end.
  package let control: DisplacementControl
}

extension StochasticMethod {
  /// Minimises the average loss of examples and a regulariser, with the step size of ``DisplacementControl``.
  ///
  /// Begins with this method's step size and takes `options.epochs` passes; the result of each is the average of its
  /// iterates. Ends early, with a shorter trace, as soon as a number is not finite.
  ///
  /// - Throws: `EspalierError` if the loss does not accept a target.
  /// - Complexity: that of ``minimize(_:over:regularizer:schedule:options:observe:)``, and O(p) a few times per change.
  package func minimizeControlled<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(),
    options: MinimizationOptions = MinimizationOptions()
  ) throws(EspalierError) -> ControlledMinimization {
    try examples.validate(for: loss)
    let objective = Objective(loss, over: examples, regularizer: regularizer)
    var start = options.start ?? [Double](repeating: 0, count: examples.dimension)
    objective.project(&start)
    let stepper = Stepper(self, loss, examples, regularizer, at: Iterate(at: start), averaging: true)
    var control = DisplacementControl(stepSize: step)
    var order = EpochOrder(options.order, count: examples.count)
    var (reference, solution, trace) = (start, start, [objective.value(start)])
    for _ in 0..<options.epochs {
      let isFinite = order.next().withUnsafeBufferPointer { order in
        for first in stride(from: 0, to: order.count, by: batch.size) {
          let end = min(first + batch.size, order.count)
          guard stepper.advance(UnsafeBufferPointer(rebasing: order[first..<end]), control.stepSize) else {
            return false
          }
          guard control.isDue(after: stepper.steps()) else { continue }
          let iterate = stepper.iterate()
          let distance = zip(iterate.current, reference).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
          let hasChanged = control.observe(
            step: iterate.steps, squaredDisplacement: distance, contraction: iterate.contraction)
          if hasChanged { reference = iterate.current }
        }
        return true
      }
      guard isFinite, var average = stepper.takeAverage() else { break }
      objective.project(&average)
      solution = average
      trace.append(objective.value(average))
    }
    return ControlledMinimization(solution: solution, trace: trace, control: control)
  }
}
