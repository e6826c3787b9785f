import EspalierFiles

extension Method {
  /// Minimises the average loss of examples and a regulariser.
  ///
  /// Takes `options.epochs` passes at most. The result is honest about its end: converged only where the stopping rule of
  /// `options.tolerance` was met, diverged with step and reason as soon as a number is not finite or the objective has grown
  /// a million-fold. After each epoch `observe` sees where things stand and may end them by returning false.
  ///
  /// Errors: an `EspalierError` if a target is none that the loss accepts. Complexity of an epoch: twice the data's
  /// size (the steps, and the objective), times the cost of the displacements.
  package func minimize<L: Loss, Rows: FeatureRows, R: Regularizer, S: Schedule>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), schedule: S = ConstantStep(),
    options: MinimizationOptions = MinimizationOptions(), observe: (Progress) -> Bool = { _ in true }
  ) throws(EspalierError) -> Minimization {
    try run(loss, over: examples, regularizer: regularizer, schedule: schedule, options: options)
      .finish(observe: observe)
  }

  /// The same minimisation, to be taken epoch by epoch, from its beginning or from a state of it.
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

  /// The words for this method under a schedule, with a regulariser and options.
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
