import EspalierFiles

/// The default that nobody has to tune: damped SPPAM on standardised features, then a polish on all examples.
///
/// 1. *Approach*: SPPAM in joint batches, momentum damped by contraction, steps that decrease as `(1 + t /
///   epoch)^-3/4`, for at most
///    `epochs` epochs or until the objective changes by less than 1e-3 of itself; SPPA for losses with kinks. Features are standardised
///    unless there is a regulariser. Any step size does; a bad one makes slow progress here, and a start that is no better than
///    that without features is not kept.
/// 2. *Polish* (`Polish`), which the result's `method` names, in standardised coordinates, the regulariser being still
///   that of the
///    coefficients of the features as they are: Newton's method on all examples where there are at most `newtonLimit` coefficients, L-BFGS
///    or working sets beyond; envelopes of losses with linear parts. Constant or decreasing stochastic steps alone hover around the
///    optimum or creep to it; a polish costs a few passes.
/// 3. *Certify* (`Certificate`): converged says that the solution was found to be one, whatever the way to it, and
///   stopped that it was not,
///    and how far from it it may be, in `reason`.
package struct AutomaticSolver: Sendable {
  /// The step size of the approach, from 1e-3 to 1e3 as one likes.
  package var step: Double
  /// The momentum of the approach, before damping.
  package var momentum: Double
  /// The size of its batches.
  package var batch: Int
  /// How many epochs the approach takes at most.
  package var epochs: Int
  /// The random order's seed.
  package var seed: UInt64
  /// How many coefficients Newton's method is used for at most.
  package var newtonLimit: Int

  /// The solver; none of its settings needs to be touched.
  package init(
    step: Double = 1, momentum: Double = 0.9, batch: Int = 10, epochs: Int = 5, seed: UInt64 = 0,
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
  /// Errors: an `EspalierError` if a target is none that the loss accepts.
  package func minimize<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer()
  ) throws(EspalierError) -> Minimization {
    try run(loss, over: examples, regularizer: regularizer).finish()
  }

  /// The same minimisation, to be taken by epochs and iterations, from its beginning or from a state of it.
  package func run<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), from state: SolverState? = nil
  ) throws(EspalierError) -> any MinimizationRun {
    try examples.validate(for: loss)
    // On standardised features where no regulariser depends on their units.
    let standardization = regularizer is NoRegularizer ? examples.standardization : nil
    return try AutomaticRun(
      from: state,
      approach: { state throws(EspalierError) in
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

  private func polishing<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, _ examples: Examples<Rows>, _ regularizer: R
  ) -> AutomaticRun.Polishing {
    let hasIntercept = examples.hasIntercept
    let scaled = StandardizedExamples(examples)
    let objective = scaled.objective(Objective(loss, over: scaled.examples, regularizer: regularizer))
    let units = LossUnits(loss, over: examples)
    let polish = Polish(newtonLimit: newtonLimit)
    let isCurved = loss.isSmooth && !loss.hasLinearParts
    return AutomaticRun.Polishing(
      begin: { approach in
        let start = objective.better(
          scaled.coordinates(approach.solution), units.start(block: examples.dimension, hasIntercept: hasIntercept))
        return isCurved ? polish.begin(objective, from: start) : polish.beginEnvelopes(objective, from: start, units)
      },
      advance: { state in
        isCurved
          ? polish.advance(
            &state, objective, hasIntercept: hasIntercept, units, seeksInfinity: loss.hasMinimaAtInfinity)
          : polish.advanceEnvelopes(&state, objective, hasIntercept: hasIntercept, units)
      },
      outcome: { state, approach in
        let result = polish.outcome(
          of: state, objective, hasIntercept: hasIntercept, units,
          seeksInfinity: isCurved && loss.hasMinimaAtInfinity)
        return scaled.restored(result, after: approach, hasIntercept: hasIntercept)
      })
  }

  private func steps<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ loss: L, _ examples: Examples<Rows>, _ regularizer: R, from state: SolverState?
  ) throws(EspalierError) -> any MinimizationRun {
    let size = min(batch, examples.count)
    let schedule = PolynomialDecay(power: 0.75, delay: (Double(examples.count) / Double(size)).rounded(.up))
    guard loss.isSmooth else {
      return try SPPA(step: step, batch: .averaged(1)).run(
        loss, over: examples, regularizer: regularizer, schedule: schedule,
        options: MinimizationOptions(
          epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3, averagingFrom: 1), from: state)
    }
    return try SPPAM(step: step, momentum: momentum, batch: .joint(size), damping: .contraction).run(
      loss, over: examples, regularizer: regularizer, schedule: schedule,
      options: MinimizationOptions(epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3), from: state)
  }
}

extension SmoothObjective {
  /// The one of two points at which the objective is lower.
  package func better(_ first: [Double], _ second: [Double]) -> [Double] {
    value(first) < value(second) ? first : second
  }
}
