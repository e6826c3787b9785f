import EspalierFiles

extension StochasticMethod {
  /// One step from a state of `classes` times `examples.dimension` coefficients: a pure function.
  package func step<Rows: FeatureRows, R: Regularizer>(
    _ state: Iterate, on batch: [Int], of examples: Examples<Rows>, loss: MultinomialLogisticLoss,
    regularizer: R = NoRegularizer(), scale: Double = 1
  ) -> Iterate {
    var wide = self
    wide.batch = .averaged(batch.count)
    let kernel = MultinomialKernel(wide, loss, examples, regularizer, at: state, averaging: false)
    _ = batch.withUnsafeBufferPointer { kernel.advance(on: $0, step: step * scale) }
    return kernel.iterate
  }

  /// Minimises the average multinomial loss of examples and a regulariser; coefficients as in `MultinomialObjective`.
  ///
  /// - Throws: `EspalierError` if a target is not a class number, and for joint batches, damped momentum and truncated
  ///   models, which do not support several classes.
  package func minimize<Rows: FeatureRows, R: Regularizer, S: Schedule>(
    _ loss: MultinomialLogisticLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer(),
    schedule: S = ConstantStep(), options: MinimizationOptions = MinimizationOptions(),
    observe: (Progress) -> Bool = { _ in true }
  ) throws(EspalierError) -> Minimization {
    try run(loss, over: examples, regularizer: regularizer, schedule: schedule, options: options)
      .finish(observe: observe)
  }

  /// The same minimisation, run one epoch at a time, from the start or from a state.
  package func run<Rows: FeatureRows, R: Regularizer, S: Schedule>(
    _ loss: MultinomialLogisticLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer(),
    schedule: S = ConstantStep(), options: MinimizationOptions = MinimizationOptions(), from state: SolverState? = nil
  ) throws(EspalierError) -> any MinimizationRun {
    try validateForClasses()
    try examples.validate(for: loss)
    let objective = MultinomialObjective(loss, over: examples, regularizer: regularizer)
    return try EpochLoop(
      self, schedule, objective, options, hasIntercept: false,
      description: describe(schedule, regularizer, options), from: state?.epochs,
      stepper: { Stepper(self, loss, examples, regularizer, at: $0, averaging: $1) },
      reasonOfDivergence: { reasonOfDivergence(objective, at: $0) })
  }

  /// One pass over examples that come in blocks, as for a loss of one predictor.
  ///
  /// - Throws: `EspalierError` as `minimize` does, and if a block cannot be read.
  package func pass<Rows: FeatureRows, R: Regularizer, S: Schedule>(
    of loss: MultinomialLogisticLoss, from state: Iterate, regularizer: R = NoRegularizer(),
    schedule: S = ConstantStep(), order: MinimizationOptions.Order = .cyclic,
    over next: () throws(EspalierError) -> Examples<Rows>?
  ) throws(EspalierError) -> StreamedPass {
    var pass = PassState(from: state)
    while pass.divergence == nil, let examples = try next() {
      try step(&pass, over: examples, of: loss, regularizer: regularizer, schedule: schedule, order: order)
    }
    return pass.outcome
  }

  /// The steps of a pass on its next block, as for a loss of one predictor.
  ///
  /// - Throws: `EspalierError` as `minimize` does.
  package func step<Rows: FeatureRows, R: Regularizer, S: Schedule>(
    _ pass: inout PassState, over examples: Examples<Rows>, of loss: MultinomialLogisticLoss, regularizer: R,
    schedule: S, order: MinimizationOptions.Order
  ) throws(EspalierError) {
    try validateForClasses()
    try examples.validate(for: loss)
    step(
      &pass, over: examples, schedule: schedule, order: order,
      stepper: { Stepper(self, loss, examples, regularizer, at: $0, averaging: true) },
      reasonOfDivergence: {
        reasonOfDivergence(MultinomialObjective(loss, over: examples, regularizer: regularizer), at: $0)
      })
  }

  /// Whether this method supports several classes.
  package var isForClasses: Bool {
    !(batch.form == .joint && batch.size > 1) && damping == .none && !(self is TruncatedModel)
  }

  private func validateForClasses() throws(EspalierError) {
    guard isForClasses else {
      throw EspalierError(
        .argument, name, "joint batches, damped momentum and truncated models are not for several classes",
        remedy: "average the batch")
    }
  }

  package func reasonOfDivergence<Rows: FeatureRows, R: Regularizer>(
    _ objective: MultinomialObjective<Rows, R>, at point: [Double]
  ) -> Divergence.Reason {
    if Self.isImplicit {
      return momentum == 0
        ? .overflow
        : .momentumAgainstBatchSpan(momentum: momentum, batch: batch.size, dimension: objective.examples.dimension)
    }
    // The largest eigenvalue of `diag(p) - p p^T` is at most 1/2.
    let examples = objective.examples
    let largest =
      (0..<examples.count).map {
        examples.weight($0) * (examples.rows.squaredNorm($0) + (examples.hasIntercept ? 1 : 0))
      }.max() ?? 0
    return .stepAgainstCurvature(step: step, safe: Probe.safeStep(momentum: momentum, curvature: 0.5 * largest))
  }
}
