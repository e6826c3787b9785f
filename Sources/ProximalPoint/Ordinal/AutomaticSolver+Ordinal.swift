import EspalierFiles

extension AutomaticSolver {
  /// Minimises the average ordinal loss and a regulariser of the coefficients of features, in ``OrdinalCoordinates``:
  /// by Newton's method, whose line search keeps thresholds in order, or beyond its limit as `Polish` does. No
  /// stochastic steps are taken. Unbounded coordinates are those of features, followed by the thresholds.
  ///
  /// - Throws: `EspalierError` if there is no intercept, a target is not a class number, or a class has no weight.
  package func run<Rows: StandardizableRows, R: Regularizer>(
    _ loss: OrdinalLoss, over examples: Examples<Rows>, regularizer: R = NoRegularizer(),
    from state: SolverState? = nil
  ) throws(EspalierError) -> any MinimizationRun {
    try examples.validate(for: loss)
    let units = LossUnits(loss, over: examples)
    let objective = OrdinalObjective(loss, over: examples, regularizer: regularizer)
    let start = units.start(block: objective.dimension, hasIntercept: true)
    let value = objective.value(start)
    return try AutomaticRun(
      from: state,
      start: Minimization(
        status: .stopped, reason: "ended by its observer", method: "no steps", solution: start, hasIntercept: true,
        steps: 0, epochs: 0, objective: value, trace: [value]),
      approach: nil, restored: { $0 }, polishing: { polishing(objective, units) })
  }

  private func polishing<Rows: StandardizableRows, R: Regularizer>(
    _ given: OrdinalObjective<Rows, R>, _ units: LossUnits
  ) -> AutomaticRun.Polishing {
    let scaled = StandardizedExamples(given.examples, parameterCount: given.loss.classes - 2)
    let objective = scaled.objective(
      OrdinalObjective(given.loss, over: scaled.examples, regularizer: given.regularizer))
    let polish = Polish(newtonLimit: newtonLimit)
    return AutomaticRun.Polishing(
      begin: { polish.begin(objective, from: scaled.coordinates($0.solution)) },
      advance: { polish.advance(&$0, objective, hasIntercept: true, units, seeksInfinity: true) },
      outcome: { state, approach in
        let result = polish.outcome(of: state, objective, hasIntercept: true, units, seeksInfinity: true)
        var restored = scaled.restored(result, after: approach, hasIntercept: true)
        if let step = result.flatDirection {
          restored.unboundedCoordinates = given.coordinates.moving(step, restored: scaled.coefficients(step))
        }
        return restored
      })
  }
}

extension Examples {
  /// Throws `EspalierError` if there are no examples or no intercept, a target is not a class number, or no example
  /// that counts is of a class, whose thresholds would then be the same.
  func validate(for loss: OrdinalLoss) throws(EspalierError) {
    guard count > 0 else { throw EspalierError(.data, "examples", "there are none") }
    guard hasIntercept else {
      throw EspalierError(.argument, "an ordinal model", "has thresholds in place of an intercept")
    }
    if let bad = targets.firstIndex(where: { !loss.accepts(target: $0) }) {
      throw EspalierError(
        .data, "targets, row \(bad)", "\(targets[bad]) is not the number of one of \(loss.classes) classes")
    }
    if let empty = classWeights(loss.classes).firstIndex(of: 0) {
      throw EspalierError(.data, "targets", "no row that counts is of class number \(empty)")
    }
  }
}
