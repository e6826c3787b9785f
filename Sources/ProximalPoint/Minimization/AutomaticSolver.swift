import Files

/// The default that nobody has to tune: damped SPPAM on standardised features, then a polish on all examples.
///
/// 1. *Standardise* the features, unless there is a regulariser (its objective would change).
/// 2. *Approach*: SPPAM in joint batches, momentum damped by contraction, steps that decrease as `(1 + t / epoch)^-3/4`, for at most
///    `epochs` epochs or until the objective changes by less than 1e-3 of itself. Any step size does; a bad one makes slow
///    progress here, and a start that is no better than before is not kept.
/// 3. *Polish*, which the result's `method` names: Newton's method on all examples where there are at most `newtonLimit`
///    coefficients, L-BFGS beyond (both for smooth losses; L-BFGS for no or a quadratic regulariser). Constant or decreasing
///    stochastic steps alone hover around the optimum or creep to it; a polish costs a few passes and ends with a certificate.
///
/// Losses with kinks are not polished: SPPA goes on with decreasing steps and averaged iterates until two epochs differ by less than
/// `tolerance`. Converged says that a certificate or that rule was met, and which, in `reason`.
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
  /// How little two epochs differ at the end for losses with kinks.
  public var tolerance: Double

  /// The solver; none of its settings needs to be touched.
  public init(
    step: Double = 1, momentum: Double = 0.9, batch: Int = 10, epochs: Int = 5, seed: UInt64 = 0,
    newtonLimit: Int = 2000, tolerance: Double = 1e-7
  ) {
    self.step = step
    self.momentum = momentum
    self.batch = batch
    self.epochs = epochs
    self.seed = seed
    self.newtonLimit = newtonLimit
    self.tolerance = tolerance
  }

  /// Minimises the average loss and a regulariser.
  ///
  /// Errors: a `DataError` if a target is none that the loss accepts.
  public func minimize<L: Loss, Rows: StandardizableRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer()
  ) throws(DataError) -> Minimization {
    guard regularizer is NoRegularizer else { return try minimizeAsGiven(loss, examples, regularizer) }
    let (scaled, standardization) = examples.standardized()
    return try minimizeAsGiven(loss, scaled, regularizer).mapping(prefix: "standardised features; ") {
      standardization.restore($0, hasIntercept: examples.hasIntercept)
    }
  }

  private func minimizeAsGiven<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ loss: L, _ examples: Examples<Rows>, _ regularizer: R
  ) throws(DataError) -> Minimization {
    let approach = try approach(loss, examples, regularizer)
    guard loss.isSmooth else { return approach }
    // An approach that did not lower the objective is no start.
    let start = approach.objective < approach.trace[0] ? approach.solution : nil
    let polish: Minimization
    if examples.dimension <= newtonLimit {
      polish = try Newton().minimize(loss, over: examples, regularizer: regularizer, start: start)
    } else if let quadratic = regularizer as? any QuadraticRegularizer {
      polish = try LBFGS().minimize(loss, over: examples, regularizer: quadratic, start: start)
    } else {
      return approach
    }
    return polish.following(approach)
  }

  private func approach<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ loss: L, _ examples: Examples<Rows>, _ regularizer: R
  ) throws(DataError) -> Minimization {
    let size = min(batch, examples.count)
    let schedule = PolynomialDecay(power: 0.75, delay: (Double(examples.count) / Double(size)).rounded(.up))
    guard loss.isSmooth else {
      return try SPPA(step: step, batch: .averaged(1)).minimize(
        loss, over: examples, regularizer: regularizer, schedule: schedule,
        options: MinimizationOptions(
          epochs: 60 * epochs, order: .shuffled(seed: seed), tolerance: tolerance, averagingFrom: 1))
    }
    return try SPPAM(step: step, momentum: momentum, batch: .joint(size), damping: .contraction).minimize(
      loss, over: examples, regularizer: regularizer, schedule: schedule,
      options: MinimizationOptions(epochs: epochs, order: .shuffled(seed: seed), tolerance: 1e-3))
  }
}
