import Files

extension AutomaticSolver {
  /// Minimises the average multinomial loss and a regulariser; coefficients as in `MultinomialObjective`, sums over the classes 0
  /// where the objective leaves them open.
  ///
  /// The approach is SPPA on single examples, the only form of a proximal step for several classes that any step size suits; the polish
  /// is Newton's method, or L-BFGS beyond `newtonLimit` coefficients, as for one predictor.
  ///
  /// Errors: an `EspalierError` if a target is not the number of a class.
  public func minimize<Rows: StandardizableRows, R: Regularizer>(
    _ loss: MultinomialLogisticLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer()
  ) throws(EspalierError) -> Minimization {
    try examples.validate(for: loss)
    let given = MultinomialObjective(loss, over: examples, regularizer: regularizer)
    let approach = try approach(given)
    let scaled = StandardizedExamples(examples)
    let objective = scaled.objective(MultinomialObjective(loss, over: scaled.examples, regularizer: regularizer))
    let units = LossUnits(loss, over: examples)
    let start = objective.better(
      scaled.coordinates(approach.solution),
      units.start(block: examples.dimension, hasIntercept: examples.hasIntercept))
    let polish = Polish(newtonLimit: newtonLimit, prefersLimitedMemory: objective.dimension > Self.newtonFirst)
    let result = polish(objective, from: start, hasIntercept: examples.hasIntercept, units, seeksInfinity: true)
    return scaled.restored(result, after: approach, hasIntercept: false, given.centred)
  }

  /// Up to how many coefficients Newton's method is tried first: beyond, its Hessian of K x K blocks takes longer than
  /// all of L-BFGS.
  private static let newtonFirst = 100

  /// Some epochs of stochastic steps; on standardised features where no regulariser depends on their units.
  private func approach<Rows: StandardizableRows, R: Regularizer>(
    _ objective: MultinomialObjective<Rows, R>
  ) throws(EspalierError) -> Minimization {
    let examples = objective.examples
    guard objective.regularizer is NoRegularizer else { return try steps(objective) }
    let (scaled, standardization) = examples.standardized()
    let result = try steps(
      MultinomialObjective(objective.loss, over: scaled, regularizer: objective.regularizer))
    return result.mapping(prefix: "") { solution in
      stride(from: 0, to: solution.count, by: examples.dimension).flatMap { start in
        standardization.restore(
          Array(solution[start..<start + examples.dimension]), hasIntercept: examples.hasIntercept)
      }
    }
  }

  private func steps<Rows: FeatureRows, R: Regularizer>(
    _ objective: MultinomialObjective<Rows, R>
  ) throws(EspalierError) -> Minimization {
    try SPPA(step: step, batch: .example).minimize(
      objective.loss, over: objective.examples, regularizer: objective.regularizer,
      schedule: PolynomialDecay(power: 0.75, delay: Double(objective.examples.count)),
      options: MinimizationOptions(epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3))
  }
}
