import EspalierFiles

extension AutomaticSolver {
  /// Minimises the average multinomial loss and a regulariser; coefficients as in `MultinomialObjective`. Coefficients
  /// that the objective leaves free sum to 0 over the classes.
  ///
  /// The approach is SPPA on single examples: the only form of a proximal step for several classes that works with any
  /// step size. The polish is Newton's method, or L-BFGS beyond `newtonLimit` coefficients, as for one predictor.
  ///
  /// - Throws: `EspalierError` if a target is not a class number.
  package func minimize<Rows: StandardizableRows, R: Regularizer>(
    _ loss: MultinomialLogisticLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer()
  ) throws(EspalierError) -> Minimization {
    try run(loss, over: examples, regularizer: regularizer).finish()
  }

  /// The same minimisation, run one epoch or iteration at a time, from the start or from a state.
  package func run<Rows: StandardizableRows, R: Regularizer>(
    _ loss: MultinomialLogisticLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer(),
    from state: SolverState? = nil
  ) throws(EspalierError) -> any MinimizationRun {
    try examples.validate(for: loss)
    let given = MultinomialObjective(loss, over: examples, regularizer: regularizer)
    // Features are standardised if there is no regulariser, which would depend on their units.
    let standardization = regularizer is NoRegularizer ? examples.standardization : nil
    return try AutomaticRun(
      from: state,
      approach: { state throws(EspalierError) in
        let rows = examples.standardized(by: standardization)
        return try steps(MultinomialObjective(loss, over: rows, regularizer: regularizer), from: state)
      },
      restored: { outcome in
        guard let standardization else { return outcome }
        return outcome.mapping(prefix: "") { solution in
          stride(from: 0, to: solution.count, by: examples.dimension).flatMap { start in
            standardization.restore(
              Array(solution[start..<start + examples.dimension]), hasIntercept: examples.hasIntercept)
          }
        }
      },
      polishing: { polishing(given) })
  }

  private func polishing<Rows: StandardizableRows, R: Regularizer>(
    _ given: MultinomialObjective<Rows, R>
  ) -> AutomaticRun.Polishing {
    let (loss, examples) = (given.loss, given.examples)
    let hasIntercept = examples.hasIntercept
    let scaled = StandardizedExamples(examples)
    let objective = scaled.objective(
      MultinomialObjective(loss, over: scaled.examples, regularizer: given.regularizer))
    let units = LossUnits(loss, over: examples)
    let polish = Polish(newtonLimit: newtonLimit, prefersLimitedMemory: objective.dimension > Self.newtonFirst)
    return AutomaticRun.Polishing(
      begin: { approach in
        let start = objective.better(
          scaled.coordinates(approach.solution), units.start(block: examples.dimension, hasIntercept: hasIntercept))
        return polish.begin(objective, from: start)
      },
      advance: { polish.advance(&$0, objective, hasIntercept: hasIntercept, units, seeksInfinity: true) },
      outcome: { state, approach in
        let result = polish.outcome(
          of: state, objective, hasIntercept: hasIntercept, units, seeksInfinity: true)
        return scaled.restored(result, after: approach, hasIntercept: false, given.centred)
      })
  }

  /// The maximum number of coefficients for which Newton's method goes first: beyond, its Hessian of K x K blocks takes
  /// longer than a whole run of L-BFGS.
  private static let newtonFirst = 100

  private func steps<Rows: FeatureRows, R: Regularizer>(
    _ objective: MultinomialObjective<Rows, R>, from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    try SPPA(step: step, batch: .example).run(
      objective.loss, over: objective.examples, regularizer: objective.regularizer,
      schedule: PolynomialDecay(power: 0.75, delay: Double(objective.examples.count)),
      options: MinimizationOptions(epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3), from: state)
  }
}
