import Files

extension AutomaticSolver {
  /// Minimises the average multinomial loss and a regulariser; coefficients as in `MultinomialObjective`, sums over the classes 0
  /// where the objective leaves them open.
  ///
  /// The approach is SPPA on single examples, the only form of a proximal step for several classes that any step size suits; the polish
  /// is Newton's method, or L-BFGS beyond `newtonLimit` coefficients, as for one predictor.
  ///
  /// Errors: a `DataError` if a target is not the number of a class.
  public func minimize<Rows: StandardizableRows, R: Regularizer>(
    _ loss: MultinomialLogisticLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer()
  ) throws(DataError) -> Minimization {
    guard regularizer is NoRegularizer else {
      return try minimizeAsGiven(MultinomialObjective(loss, over: examples, regularizer: regularizer))
    }
    let (scaled, standardization) = examples.standardized()
    let objective = MultinomialObjective(loss, over: scaled, regularizer: regularizer)
    return try minimizeAsGiven(objective).mapping(prefix: "standardised features; ") { solution in
      stride(from: 0, to: solution.count, by: examples.dimension).flatMap { start in
        standardization.restore(
          Array(solution[start..<start + examples.dimension]), hasIntercept: examples.hasIntercept)
      }
    }
  }

  private func minimizeAsGiven<Rows: FeatureRows, R: Regularizer>(
    _ objective: MultinomialObjective<Rows, R>
  ) throws(DataError) -> Minimization {
    let approach = try SPPA(step: step, batch: .example).minimize(
      objective.loss, over: objective.examples, regularizer: objective.regularizer,
      schedule: PolynomialDecay(power: 0.75, delay: Double(objective.examples.count)),
      options: MinimizationOptions(epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3))
    // An approach that did not lower the objective is no start.
    let start = approach.objective < approach.trace[0] ? approach.solution : nil
    guard let polish = polish(objective, from: start) else { return approach }
    return polish.following(approach).mapping(prefix: "", objective.centred)
  }

  private func polish<Rows: FeatureRows, R: Regularizer>(
    _ objective: MultinomialObjective<Rows, R>, from start: [Double]?
  ) -> Minimization? {
    if objective.dimension <= newtonLimit {
      return Newton().minimize(objective, start: start, hasIntercept: false)
    }
    guard let quadratic = objective.regularizer as? any QuadraticRegularizer else { return nil }
    let strength = quadratic.strength
    return LBFGS().minimize(
      value: objective.value,
      gradient: { x in
        var gradient = objective.lossGradient(x)
        for j in x.indices where objective.regularized.contains(j) { gradient[j] += strength * x[j] }
        return gradient
      }, from: start ?? [Double](repeating: 0, count: objective.dimension))
  }
}
