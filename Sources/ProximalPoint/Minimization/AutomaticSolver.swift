import Files

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
public struct AutomaticSolver: Sendable {
  /// The step size of the approach, from 1e-3 to 1e3 as one likes.
  public var step: Double
  /// The momentum of the approach, before damping.
  public var momentum: Double
  /// The size of its batches.
  public var batch: Int
  /// How many epochs the approach takes at most.
  public var epochs: Int
  /// The random order's seed.
  public var seed: UInt64
  /// How many coefficients Newton's method is used for at most.
  public var newtonLimit: Int

  /// The solver; none of its settings needs to be touched.
  public init(
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
  public func minimize<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer()
  ) throws(EspalierError) -> Minimization {
    try examples.validate(for: loss)
    let approach = try approach(loss, examples, regularizer)
    let scaled = StandardizedExamples(examples)
    let objective = scaled.objective(Objective(loss, over: scaled.examples, regularizer: regularizer))
    let units = LossUnits(loss, over: examples)
    let start = objective.better(
      scaled.coordinates(approach.solution),
      units.start(block: examples.dimension, hasIntercept: examples.hasIntercept))
    let polish = Polish(newtonLimit: newtonLimit)
    let isCurved = loss.isSmooth && !loss.hasLinearParts
    let result =
      isCurved
      ? polish(
        objective, from: start, hasIntercept: examples.hasIntercept, units, seeksInfinity: loss.hasMinimaAtInfinity)
      : polish.continuing(objective, from: start, hasIntercept: examples.hasIntercept, units)
    return scaled.restored(result, after: approach, hasIntercept: examples.hasIntercept)
  }

  /// Some epochs of stochastic steps; on standardised features where no regulariser depends on their units.
  private func approach<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, _ examples: Examples<Rows>, _ regularizer: R
  ) throws(EspalierError) -> Minimization {
    guard regularizer is NoRegularizer else { return try steps(loss, examples, regularizer) }
    let (scaled, standardization) = examples.standardized()
    return try steps(loss, scaled, regularizer).mapping(prefix: "") {
      standardization.restore($0, hasIntercept: examples.hasIntercept)
    }
  }

  private func steps<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ loss: L, _ examples: Examples<Rows>, _ regularizer: R
  ) throws(EspalierError) -> Minimization {
    let size = min(batch, examples.count)
    let schedule = PolynomialDecay(power: 0.75, delay: (Double(examples.count) / Double(size)).rounded(.up))
    guard loss.isSmooth else {
      return try SPPA(step: step, batch: .averaged(1)).minimize(
        loss, over: examples, regularizer: regularizer, schedule: schedule,
        options: MinimizationOptions(
          epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3, averagingFrom: 1))
    }
    return try SPPAM(step: step, momentum: momentum, batch: .joint(size), damping: .contraction).minimize(
      loss, over: examples, regularizer: regularizer, schedule: schedule,
      options: MinimizationOptions(epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3))
  }
}

extension SmoothObjective {
  /// The one of two points at which the objective is lower.
  package func better(_ first: [Double], _ second: [Double]) -> [Double] {
    value(first) < value(second) ? first : second
  }
}
