import EspalierFiles

extension StochasticMethod {
  /// Minimises the average loss of examples and a regulariser.
  ///
  /// Takes at most `options.epochs` passes. The status is converged only if the stopping rule of `options.tolerance`
  /// was met, and diverged, with step and reason, as soon as a number is not finite or the objective has grown by a
  /// factor of a million. `observe` is called after each epoch with the progress and stops the run by returning false.
  ///
  /// - Throws: `EspalierError` if the loss does not accept a target.
  /// - Complexity: per epoch twice the size of the data (the steps, and the objective), times the cost of a
  ///   displacement.
  package func minimize<L: Loss, Rows: FeatureRows, R: Regularizer, S: Schedule>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), schedule: S = ConstantStep(),
    options: MinimizationOptions = MinimizationOptions(), observe: (Progress) -> Bool = { _ in true }
  ) throws(EspalierError) -> Minimization {
    try run(loss, over: examples, regularizer: regularizer, schedule: schedule, options: options)
      .finish(observe: observe)
  }

  /// The same minimisation, run one epoch at a time, from the start or from a state.
  package func run<L: Loss, Rows: FeatureRows, R: Regularizer, S: Schedule>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), schedule: S = ConstantStep(),
    options: MinimizationOptions = MinimizationOptions(), from state: SolverState? = nil
  ) throws(EspalierError) -> any MinimizationRun {
    try examples.validate(for: loss)
    return try EpochLoop(
      self, schedule, Objective(loss, over: examples, regularizer: regularizer), options,
      hasIntercept: examples.hasIntercept, description: describe(schedule, regularizer, options), from: state?.epochs,
      stepper: { Stepper(self, loss, examples, regularizer, at: $0, averaging: $1) },
      reasonOfDivergence: { reasonOfDivergence(loss, examples, at: $0) })
  }

  /// The description of this method with a schedule, a regulariser and options.
  func describe<R: Regularizer, S: Schedule>(
    _ schedule: S, _ regularizer: R, _ options: MinimizationOptions
  ) -> String {
    var words = ["\(name), step \(step)"]
    if momentum != 0 {
      words.append("momentum \(momentum)" + (damping == .none ? "" : " damped by \(damping.rawValue)"))
    }
    if batch.size > 1 {
      words.append("batches of \(batch.size)" + (Self.isImplicit ? " (\(batch.form.rawValue))" : ""))
    }
    words.append(schedule.name)
    if !(regularizer is NoRegularizer) { words.append("regulariser \(regularizer.name)") }
    if let from = options.averagingFrom { words.append("iterates averaged from epoch \(from + 1) on") }
    return words.joined(separator: ", ")
  }
}
