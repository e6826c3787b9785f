import Files
import ProximalPoint
import Tables
import Tensors

/// Where a fit stands after an epoch.
public struct FitProgress: Sendable {
  /// How many epochs are done.
  public let epoch: Int
  /// The objective, or for streamed data the progressive loss of the epoch.
  public let loss: Double
}

/// Fits generalised linear models to rows.
public struct Fit: Sendable {
  /// What the target is.
  public let family: Family
  /// How the model is fitted.
  public let options: FitOptions
  /// Whether the predict-then-learn loss of the first pass is measured, at the cost of that pass.
  public let measuresProgressiveLoss: Bool

  /// A way to fit.
  public init(_ family: Family, options: FitOptions = FitOptions(), measuresProgressiveLoss: Bool = false) {
    self.family = family
    self.options = options
    self.measuresProgressiveLoss = measuresProgressiveLoss
  }

  /// Fits rows that are in memory; `observe` sees where things stand after each epoch.
  ///
  /// - Throws: `DataError` where a target is none that the family explains.
  public func callAsFunction(
    _ rows: Rows, features: [FeatureSummary], observe: (FitProgress) -> Void = { _ in }
  ) throws(DataError) -> FitOutcome {
    let (training, held) = try split(rows)
    let scaling = scaling(features, isSparse: rows.isSparse)
    func examples(_ rows: Rows) throws(DataError) -> TableExamples {
      try TableExamples(rows, family: family, intercept: options.intercept, scaling: scaling)
    }
    var heldOut: HeldOutLoss?
    if let held { heldOut = HeldOutLoss(try examples(held), loss: family.loss, patience: options.patience) }
    let minimization: Minimization
    var progressive: Double?
    switch try examples(training) {
    case .dense(let examples):
      if measuresProgressiveLoss { progressive = try progressiveLoss(examples) }
      minimization = try minimize(examples, heldOut, observe)
    case .sparse(let examples):
      if measuresProgressiveLoss { progressive = try progressiveLoss(examples) }
      minimization = try minimize(examples, heldOut, observe)
    }
    return outcome(minimization, heldOut, progressive, scaling)
  }

  /// The standardisation that the options ask for.
  func scaling(_ features: [FeatureSummary], isSparse: Bool) -> FeatureScaling? {
    guard options.standardize else { return nil }
    return FeatureScaling(features, centred: options.intercept && !isSparse)
  }

  private func minimize<Features: StandardizableRows>(
    _ examples: Examples<Features>, _ heldOut: HeldOutLoss?, _ observe: (FitProgress) -> Void
  ) throws(DataError) -> Minimization {
    func watch(_ progress: Progress) -> Bool {
      observe(FitProgress(epoch: progress.epoch, loss: progress.objective))
      return heldOut?.continues(at: progress.solution) ?? true
    }
    let (loss, regularizer) = (family.loss, options.regularizer)
    guard let steps = options.steps else {
      var solver = AutomaticSolver(step: options.initialStep, seed: options.seed)
      if let epochs = options.epochs { solver.epochs = epochs }
      let result = try solver.minimize(loss, over: examples, regularizer: regularizer)
      _ = heldOut?.continues(at: result.solution)
      return result
    }
    return try steps.value.minimize(
      loss, over: examples, regularizer: regularizer,
      options: MinimizationOptions(epochs: options.epochs ?? 10, order: options.order), observe: watch)
  }

  private func progressiveLoss<Features: FeatureRows>(_ examples: Examples<Features>) throws(DataError) -> Double {
    var blocks = [examples]
    let method = (options.steps ?? FitOptions.ConstantSteps()).value
    let (loss, regularizer) = (family.loss, options.regularizer)
    return try method.pass(
      of: loss, from: Iterate(dimension: examples.dimension), regularizer: regularizer, order: options.order
    ) {
      blocks.popLast()
    }.progressiveLoss
  }

  /// The rows to learn from, and those held out if there are any.
  private func split(_ rows: Rows) throws(DataError) -> (training: Rows, held: Rows?) {
    guard options.validation > 0 else { return (rows, nil) }
    let count = Int((Double(rows.count) * options.validation).rounded())
    guard count > 0, count < rows.count else {
      throw DataError("validation", "holds out \(count) of \(rows.count) rows", remedy: "choose another share")
    }
    var generator = SeededGenerator(seed: options.seed)
    let order = generator.permutation(rows.count)
    return (rows.selecting(order[count...].sorted()), rows.selecting(order[..<count].sorted()))
  }

  private func outcome(
    _ minimization: Minimization, _ heldOut: HeldOutLoss?, _ progressive: Double?, _ scaling: FeatureScaling?
  ) -> FitOutcome {
    var solution = minimization.solution
    var reason = minimization.reason
    if case .diverged = minimization.status {
    } else if let heldOut, let best = heldOut.best {
      solution = best.solution
      if heldOut.hasStopped {
        reason = "the held-out loss has not improved for \(options.patience) epochs; taken from epoch \(best.epoch)"
      }
    }
    solution = scaling?.restore(solution) ?? solution
    return FitOutcome(
      status: minimization.status, reason: reason, method: minimization.method, steps: minimization.steps,
      epochs: minimization.epochs, intercept: options.intercept ? solution.last! : 0,
      coefficients: options.intercept ? Array(solution.dropLast()) : solution, objective: minimization.objective,
      trace: minimization.trace, validationTrace: heldOut?.trace ?? [], progressiveLoss: progressive)
  }
}
