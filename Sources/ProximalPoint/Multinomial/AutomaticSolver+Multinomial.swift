import EspalierFiles

extension AutomaticSolver {
  /// Minimises the average multinomial loss and a regulariser; coefficients as in `MultinomialObjective`. Coefficients
  /// that the objective leaves free sum to 0 over the classes.
  ///
  /// The method is L-BFGS, or Newton's for at most 100 coefficients, regularisers with absolute values, and what L-BFGS
  /// leaves without a certificate. Its passes cost no more than an epoch of stochastic steps, which are not taken.
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
    let objective = MultinomialObjective(loss, over: examples, regularizer: regularizer)
    return try AutomaticRun(
      from: state,
      start: .untaken(
        dimension: objective.dimension, hasIntercept: examples.hasIntercept, objective: objective.value),
      approach: nil, restored: { $0 }, polishing: { polishing(objective, seeksInfinity: true) })
  }

  private func polishing<Rows: StandardizableRows, R: Regularizer>(
    _ given: MultinomialObjective<Rows, R>, seeksInfinity: Bool
  ) -> AutomaticRun.Polishing {
    let (loss, examples) = (given.loss, given.examples)
    let hasIntercept = examples.hasIntercept
    let scaled = StandardizedExamples(examples)
    let objective = scaled.objective(
      MultinomialObjective(loss, over: scaled.examples, regularizer: given.regularizer))
    let units = LossUnits(loss, over: examples)
    if let space = RowSpace(scaled, objective, limit: newtonLimit) {
      let rows = MultinomialObjective(loss, over: examples.replacing(space.rows), regularizer: L2(1))
      return space.polishing(by: polishing(rows, seeksInfinity: false), objective, units) {
        scaled.restored($0, after: $1, hasIntercept: false, given.centred)
      }
    }
    let polish = Polish(newtonLimit: newtonLimit, prefersLimitedMemory: objective.dimension > Self.newtonFirst)
    return AutomaticRun.Polishing(
      begin: { approach in
        let start = objective.better(
          scaled.coordinates(approach.solution), units.start(block: examples.dimension, hasIntercept: hasIntercept))
        return polish.begin(objective, from: start)
      },
      advance: { polish.advance(&$0, objective, hasIntercept: hasIntercept, units, seeksInfinity: seeksInfinity) },
      outcome: { state, approach in
        let result = polish.outcome(
          of: state, objective, hasIntercept: hasIntercept, units, seeksInfinity: seeksInfinity)
        return scaled.restored(result, after: approach, hasIntercept: false, given.centred)
      })
  }

  /// The maximum number of coefficients for which Newton's method goes first: beyond, its Hessian of K x K blocks takes
  /// longer than a whole run of L-BFGS.
  private static let newtonFirst = 100
}
