import EspalierFiles
import EspalierProcesses
import EspalierProximalPoint
import EspalierTables
import EspalierTensors

/// The progress of a fit after an epoch.
package struct FitProgress: Sendable {
  /// The number of epochs done.
  package let epoch: Int
  /// The objective or, for streamed data, the progressive loss of the epoch.
  package let loss: Double
}

/// Fits generalised linear models to rows.
package struct Fit: Sendable {
  /// The family of the target.
  package let family: Family
  /// The number of classes, if each has its own predictor or probability.
  package let classes: Int
  /// The names of the classes, if known.
  package let classNames: [String]?
  /// The options of the fit.
  package let options: FitOptions
  /// Whether the predict-then-learn loss of the first pass is measured, which costs a pass.
  package let measuresProgressiveLoss: Bool
  /// The linear predictors to begin at, for the features as they are in the file; `nil` to begin anew.
  package var start: [LinearPredictor]?
  /// The processes that share the sums of Newton's method over dense rows in memory; all of them fit, and find the same
  /// model.
  package var processes: any ProcessGroup = SingleProcess()

  /// A fit; `classes` is used by families with a probability of each class, and is then at least 2.
  package init(
    _ family: Family, classes: Int = 2, classNames: [String]? = nil, options: FitOptions = FitOptions(),
    measuresProgressiveLoss: Bool = false
  ) {
    self.family = family
    self.classes = classNames?.count ?? classes
    self.classNames = classNames
    self.options = options
    self.measuresProgressiveLoss = measuresProgressiveLoss
  }

  /// The same fit of another family or with other options.
  package func replacing(family: Family? = nil, options: FitOptions? = nil) -> Fit {
    var fit = Fit(
      family ?? self.family, classes: classes, classNames: classNames, options: options ?? self.options,
      measuresProgressiveLoss: measuresProgressiveLoss)
    (fit.start, fit.processes) = (start, processes)
    return fit
  }

  /// Fits rows in memory; `observe` is called with the progress after each epoch.
  ///
  /// - Throws: `EspalierError` if the family does not accept a target.
  package func callAsFunction(
    _ rows: Rows, features: [FeatureSummary], observe: (FitProgress) -> Void = { _ in }
  ) throws(EspalierError) -> FitOutcome {
    let run = try run(rows, features: features)
    return try possible(run.finish(observe))
  }

  /// The same fit, run one epoch or iteration at a time, from the start or from a state.
  ///
  /// - Throws: `EspalierError` if the family does not accept a target, or the state belongs to another fit.
  package func run(
    _ rows: Rows, features: [FeatureSummary], from state: FitState? = nil
  ) throws(EspalierError) -> any FitRun {
    try checkSteps()
    let origin = origin(features, rowCount: rows.count, isStreamed: false)
    if let state { try state.origin.check(against: origin, FitState.kind) }
    let (training, held) = try split(options.steps == nil ? rows.withoutZeroWeights() : rows)
    try checkLevels(training)
    let scaling = scaling(features, isSparse: rows.isSparse)
    func examples(_ rows: Rows) throws(EspalierError) -> TableExamples {
      try TableExamples(rows, family: family, intercept: options.intercept, scaling: scaling)
    }
    var heldOut: HeldOutLoss?
    if let held {
      heldOut = HeldOutLoss(
        try examples(held), loss: loss, patience: options.patience, record: state?.heldOut ?? .init())
    }
    let names = features.map(\.name)
    let minimization: any MinimizationRun
    let progressive: Double?
    switch try examples(training) {
    case .dense(var examples):
      examples.processes = processes
      progressive = measuresProgressiveLoss && state == nil ? try progressiveLoss(examples) : state?.progressive
      minimization = try minimize(examples, from: state?.solver, scaling)
    case .sparse(let examples):
      progressive = measuresProgressiveLoss && state == nil ? try progressiveLoss(examples) : state?.progressive
      minimization = try minimize(examples, from: state?.solver, scaling)
    }
    return MemoryFitRun(
      minimization, origin: origin, heldOut: heldOut, looksAtTheEnd: options.steps == nil, progressive: progressive
    ) { minimization, heldOut in
      outcome(minimization, heldOut, progressive, scaling, names: names)
    }
  }

  /// The origin of this fit's states.
  func origin(_ features: [FeatureSummary], rowCount: Int, isStreamed: Bool) -> StateOrigin {
    var checksum = Checksum()
    checksum.add("\(rowCount) rows")
    for feature in features { checksum.add("\(feature.name) \(feature.mean) \(feature.deviation)") }
    var settings = StateOrigin.settings(of: options)
    settings["family"] = family.name.rawValue + (family.parameter.map { " \($0)" } ?? "")
    settings["link"] = family.link
    settings["classes"] = String(classes)
    settings["streaming"] = String(isStreamed)
    settings["progressive loss"] = String(measuresProgressiveLoss)
    if let start { settings["start"] = Self.checksum(of: start) }
    return StateOrigin(sources: ["table": checksum.value], settings: settings)
  }

  /// The loss to be minimised.
  var loss: any FamilyLoss { family.loss(classes: classes) }

  /// The standardisation requested by the options.
  func scaling(_ features: [FeatureSummary], isSparse: Bool) -> FeatureScaling? {
    guard options.standardize else { return nil }
    return FeatureScaling(features, centred: options.intercept && !isSparse)
  }

  private func minimize<Features: StandardizableRows>(
    _ examples: Examples<Features>, from state: SolverState?, _ scaling: FeatureScaling?
  ) throws(EspalierError) -> any MinimizationRun {
    let start = startSolution(scaling)
    guard let steps = options.steps else {
      var solver = AutomaticSolver(step: options.initialStep, seed: options.seed)
      if let epochs = options.epochs { solver.epochs = epochs }
      if !family.takesStochasticSteps || options.conditions != nil { solver.epochs = 0 }
      let given = start.map {
        SolverState(from: $0, hasIntercept: options.intercept, objective: objective(examples, at: $0))
      }
      let beginning: SolverState? = if let state = state ?? given { state } else { try possibleStart(examples) }
      return try loss.run(by: solver, over: examples, regularizer: options.regularizer, from: beginning)
    }
    return try loss.run(
      by: steps.value(rows: examples.count), over: examples, regularizer: options.regularizer,
      options: MinimizationOptions(epochs: options.epochs ?? 10, order: options.order, start: start), from: state)
  }

  private func progressiveLoss<Features: FeatureRows>(_ examples: Examples<Features>) throws(EspalierError) -> Double {
    let method = (options.steps ?? FitOptions.ConstantSteps()).value(rows: examples.count)
    var pass = PassState(from: Iterate(dimension: examples.dimension * loss.predictorCount))
    try loss.step(
      &pass, by: method, over: examples, regularizer: options.regularizer, schedule: ConstantStep(),
      order: options.order)
    return pass.outcome.progressiveLoss
  }

  /// The training rows, and the held-out rows if any.
  private func split(_ rows: Rows) throws(EspalierError) -> (training: Rows, held: Rows?) {
    guard options.validation > 0 else { return (rows, nil) }
    let count = Int((Double(rows.count) * options.validation).rounded())
    guard count > 0, count < rows.count else {
      throw EspalierError(
        .argument, "validation", "holds out \(count) of \(rows.count) rows", remedy: "choose another share")
    }
    var generator = SeededGenerator(seed: options.seed)
    let order = generator.permutation(rows.count)
    return (rows.selecting(order[count...].sorted()), rows.selecting(order[..<count].sorted()))
  }

  private func outcome(
    _ minimization: Minimization, _ heldOut: HeldOutLoss?, _ progressive: Double?, _ scaling: FeatureScaling?,
    names: [String]
  ) -> FitOutcome {
    var solution = minimization.solution
    let unbounded = coefficientNames(minimization.unboundedCoordinates, features: names)
    var reason = reason(minimization, unbounded)
    if case .diverged = minimization.status {
    } else if let heldOut, heldOut.record.epoch > 0 {
      let best = heldOut.record
      solution = best.solution
      if heldOut.hasStopped {
        reason = "the held-out loss has not improved for \(options.patience) epochs; taken from epoch \(best.epoch)"
      }
    }
    let (predictors, thresholds) = model(of: solution, scaling)
    return FitOutcome(
      status: minimization.status, reason: reason, method: minimization.method, steps: minimization.steps,
      epochs: minimization.epochs, predictors: predictors, thresholds: thresholds,
      objective: minimization.objective,
      trace: minimization.trace, validationTrace: heldOut?.record.trace ?? [], progressiveLoss: progressive,
      unbounded: unbounded)
  }

  /// The linear predictors of a solution and, of ordered classes, the thresholds in place of an intercept.
  private func model(
    of solution: [Double], _ scaling: FeatureScaling?
  ) -> (predictors: [LinearPredictor], thresholds: [Double]) {
    let predictors = LinearPredictor.predictors(
      of: solution.dropLast(loss.parameterCount), count: loss.predictorCount, hasIntercept: options.intercept,
      scaling: scaling)
    guard family.hasThresholds else { return (predictors, []) }
    let own = predictors[0]
    let coordinates = OrdinalCoordinates(features: own.coefficients.count, classes: classes)
    return (
      [LinearPredictor(intercept: 0, coefficients: own.coefficients)],
      coordinates.distances(solution).map { $0 - own.intercept }
    )
  }
}

extension Fit {
  /// The names of coefficients by their index in a solution: of features, or `(intercept)`, followed by their class if
  /// each class has a predictor; or of features, followed by thresholds.
  func coefficientNames(_ places: [Int], features: [String]) -> [String] {
    if family.hasThresholds {
      let names = features + thresholdCoefficientNames
      return places.map { names[$0] }
    }
    let block = features.count + (options.intercept ? 1 : 0)
    return places.map { place in
      let name = place % block < features.count ? features[place % block] : "(intercept)"
      guard family.hasPredictorOfEachClass else { return name }
      let number = place / block
      return "\(name) of class \(classNames.map { $0[number] } ?? String(number))"
    }
  }

  /// The reason for the end of a minimisation, with the names of coefficients that grow without bound.
  func reason(_ minimization: Minimization, _ unbounded: [String]) -> String {
    guard !unbounded.isEmpty else { return minimization.reason + remarks(on: minimization.status) }
    let most = 10
    let names =
      unbounded.prefix(most).joined(separator: ", ")
      + (unbounded.count > most ? " and \(unbounded.count - most) more" : "")
    return
      "there is no finite optimum: the loss falls without end as the coefficients of \(names) grow, because some rows "
      + "have one outcome alone that these tell apart (separation); leave them out, or give them a penalty (--l2 0.001)"
  }
}

extension Rows {
  /// The rows with a positive weight.
  ///
  /// - Throws: `EspalierError` if there are none.
  func withoutZeroWeights() throws(EspalierError) -> Rows {
    guard weights.contains(0) else { return self }
    let counting = weights.indices.filter { weights[$0] != 0 }
    guard !counting.isEmpty else { throw .weightsWithoutSum(0) }
    return selecting(counting)
  }
}
