import EspalierFiles

/// The default solver, which needs no tuning: damped SPPAM on standardised features, then a polish on all examples.
///
/// 1. *Approach*: SPPAM in joint batches, its momentum damped by contraction, with steps that decrease as
///    `(1 + t / epoch)^-3/4`, for at most `epochs` epochs or until the objective's relative change is below 1e-3.
///    Features are standardised unless there is a regulariser. Any step size works; a bad one only slows this phase,
///    and a result no better than the model without features is discarded. It is taken where it saves iterations of the
///    polish that each cost more than an epoch (``approaches(_:dimension:)``).
/// 2. *Polish* (`Polish`, named in the result's `method`), in standardised coordinates, while the regulariser still
///    applies to the coefficients of the original features: Newton's method on all examples for at most `newtonLimit`
///    coefficients; beyond, with fewer examples than features, the problem of as many coordinates as examples
///    (`RowSpace`) or `AugmentedLagrangian`, with more, L-BFGS or working sets; an interior point method for losses
///    with linear parts. Stochastic steps alone hover around the optimum (constant size) or approach it slowly
///    (decreasing size); a polish costs a few passes.
/// 3. *Certify* (`Certificate`): the status is converged if the solution is verified to be optimal, whatever method
///    found it; otherwise stopped, and `reason` states the distance from optimality.
package struct AutomaticSolver: Sendable {
  /// The step size of the approach; any value from 1e-3 to 1e3.
  package var step: Double
  /// The momentum of the approach, before damping.
  package var momentum: Double
  /// The batch size of the approach.
  package var batch: Int
  /// The maximum number of epochs of the approach.
  package var epochs: Int
  /// The seed of the random order.
  package var seed: UInt64
  /// The maximum number of coefficients for which Newton's method is used.
  package var newtonLimit: Int

  /// The solver; the defaults need no tuning.
  package init(
    step: Double = 1, momentum: Double = 0.9, batch: Int = 10, epochs: Int = 1, seed: UInt64 = 0,
    newtonLimit: Int = 2000
  ) {
    self.step = step
    self.momentum = momentum
    self.batch = batch
    self.epochs = epochs
    self.seed = seed
    self.newtonLimit = newtonLimit
  }

  /// Minimises the average loss and a regulariser.
  ///
  /// - Throws: `EspalierError` if the loss does not accept a target.
  package func minimize<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer()
  ) throws(EspalierError) -> Minimization {
    try run(loss, over: examples, regularizer: regularizer).finish()
  }

  /// The same minimisation, run one epoch or iteration at a time, from the start or from a state.
  package func run<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), from state: SolverState? = nil
  ) throws(EspalierError) -> any MinimizationRun {
    try examples.validate(for: loss)
    // Features are standardised if there is no regulariser, which would depend on their units.
    let standardization = regularizer is NoRegularizer ? examples.standardization : nil
    return try AutomaticRun(
      from: state,
      start: .untaken(
        dimension: examples.dimension, hasIntercept: examples.hasIntercept,
        objective: Objective(loss, over: examples, regularizer: regularizer).value),
      approach: !approaches(loss, dimension: examples.dimension)
        ? nil
        : { state throws(EspalierError) in
          try steps(loss, examples.standardized(by: standardization), regularizer, from: state)
        },
      restored: { outcome in
        guard let standardization else { return outcome }
        return outcome.mapping(prefix: "") {
          standardization.restore($0, hasIntercept: examples.hasIntercept)
        }
      },
      polishing: { polishing(loss, examples, regularizer) })
  }

  /// Whether stochastic steps precede the polish: where it is Newton's method, an iteration of which takes p times the
  /// operations of a pass, for more than this many coefficients. Least squares need one iteration from anywhere.
  private func approaches<L: Loss>(_ loss: L, dimension: Int) -> Bool {
    let isCurved = loss.isSmooth && !loss.hasLinearParts && !loss.isQuadratic
    return isCurved && epochs > 0 && dimension > 100 && dimension <= newtonLimit
  }

  private func polishing<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, _ examples: Examples<Rows>, _ regularizer: R, mayBeInfinite: Bool = true
  ) -> AutomaticRun.Polishing {
    let seeksInfinity = mayBeInfinite && loss.hasMinimaAtInfinity
    let hasIntercept = examples.hasIntercept
    let scaled = StandardizedExamples(examples)
    let objective = scaled.objective(Objective(loss, over: scaled.examples, regularizer: regularizer))
    let units = LossUnits(loss, over: examples)
    let isCurved = loss.isSmooth && !loss.hasLinearParts
    if let space = RowSpace(scaled, objective, limit: newtonLimit) {
      return space.polishing(
        by: polishing(loss, examples.replacing(space.rows), L2(1), mayBeInfinite: false), objective,
        isCurved ? units : nil
      ) { scaled.restored($0, after: $1, hasIntercept: hasIntercept) }
    }
    let polish = Polish(newtonLimit: newtonLimit)
    if isCurved, polish.usesAugmentedLagrangian(objective) {
      return AutomaticRun.Polishing(
        begin: { _ in
          PolishState(
            start: units.start(block: examples.dimension, hasIntercept: hasIntercept), stage: .augmentedLagrangian)
        },
        advance: { polish.advanceAugmentedLagrangian(&$0, objective, units) },
        outcome: { state, approach in
          let result = polish.augmentedLagrangianOutcome(of: state, objective, hasIntercept: hasIntercept, units)
          return scaled.restored(
            result ?? polish.unpolished(objective, state.start, hasIntercept, "ended by its observer"), after: approach,
            hasIntercept: hasIntercept)
        })
    }
    return AutomaticRun.Polishing(
      begin: { approach in
        var start = objective.better(
          scaled.coordinates(approach.solution), units.start(block: examples.dimension, hasIntercept: hasIntercept))
        objective.project(&start)
        return isCurved ? polish.begin(objective, from: start) : polish.beginLinearParts(objective, from: start, units)
      },
      advance: { state in
        isCurved
          ? polish.advance(
            &state, objective, hasIntercept: hasIntercept, units, seeksInfinity: seeksInfinity)
          : polish.advanceLinearParts(&state, objective, hasIntercept: hasIntercept, units)
      },
      outcome: { state, approach in
        let result =
          polish.interiorPointOutcome(of: state, objective, hasIntercept: hasIntercept, units)
          ?? polish.outcome(
            of: state, objective, hasIntercept: hasIntercept, units,
            seeksInfinity: isCurved && seeksInfinity)
        return scaled.restored(result, after: approach, hasIntercept: hasIntercept)
      })
  }

  private func steps<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ loss: L, _ examples: Examples<Rows>, _ regularizer: R, from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    let size = min(batch, examples.count)
    let schedule = PolynomialDecay(power: 0.75, delay: (Double(examples.count) / Double(size)).rounded(.up))
    return try SPPAM(step: step, momentum: momentum, batch: .joint(size), damping: .contraction).run(
      loss, over: examples, regularizer: regularizer, schedule: schedule,
      options: MinimizationOptions(epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3), from: state)
  }
}

extension SmoothObjective {
  /// The point with the lower objective.
  package func better(_ first: [Double], _ second: [Double]) -> [Double] {
    value(first) < value(second) ? first : second
  }
}
