import EspalierFiles
import EspalierProximalPoint
import EspalierTables

extension Fit {
  /// Whether streamed rows with `features` features can be fitted with a regulariser by the default solver: only by
  /// Newton's method, because stochastic steps on standardised features would regularise the standardised coefficients.
  package func streamsRegularizer(features: Int) -> Bool {
    let coefficients = (features + (options.intercept ? 1 : 0)) * loss.predictorCount
    return coefficients <= Self.streamedLimit
  }

  /// The maximum number of coefficients for which the default solver uses Newton's method on streamed rows.
  package static var streamedLimit: Int { Polish.newtonLimit }

  /// Fits rows that are read anew in each epoch, in memory independent of their number.
  ///
  /// With constant steps, the steps equal those for rows in memory in cyclic order. Otherwise each epoch takes SPPA
  /// steps of decreasing size on standardised features and averages the iterates. For at most `Polish.newtonLimit`
  /// coefficients, Newton's method replaces them, in one pass per iteration (and point of a line search); losses with
  /// linear parts are minimised by their envelopes. The trace holds the progressive loss of each epoch of steps, which
  /// costs no extra pass, then the objective.
  ///
  /// - Throws: `EspalierError` if a row is invalid, or a regulariser is requested and `streamsRegularizer` is false.
  package func streaming(
    _ source: some RowSource, features: [FeatureSummary], rowCount: Int, isSparse: Bool, meanWeight: Double? = nil,
    observe: (FitProgress) -> Void = { _ in }
  ) throws(EspalierError) -> FitOutcome {
    let run = try streamingRun(
      source, features: features, rowCount: rowCount, isSparse: isSparse, meanWeight: meanWeight)
    return try possible(run.finish(observe))
  }

  /// The same fit, run one block or iteration at a time, from the start or from a state.
  ///
  /// - Throws: `EspalierError` as `streaming` does, and if the state belongs to another fit.
  package func streamingRun(
    _ source: some RowSource, features: [FeatureSummary], rowCount: Int, isSparse: Bool, meanWeight: Double? = nil,
    from state: FitState? = nil
  ) throws(EspalierError) -> any FitRun {
    try checkSteps()
    if let state {
      try state.origin.check(against: origin(features, rowCount: rowCount, isStreamed: true), FitState.kind)
    }
    guard family.name != .ordinal else {
      throw EspalierError(.argument, "the family ordinal", "is not streamed", remedy: "leave out --stream")
    }
    guard family.takesStochasticSteps || streamsRegularizer(features: features.count) else {
      throw EspalierError(
        .argument, "link \(family.link) of the family \(family.name.rawValue)",
        "is streamed for at most \(Self.streamedLimit) coefficients", remedy: "leave out --stream")
    }
    let scaling =
      options.steps == nil || options.standardize
      ? FeatureScaling(features, centred: options.intercept && !isSparse) : nil
    let rows = StreamedRows(
      source: source, fit: self, scaling: scaling, features: features, count: rowCount, meanWeight: meanWeight)
    return isSparse
      ? try StreamedFitRun(self, rows, rows.sparseBlocks, from: state?.stream)
      : try StreamedFitRun(self, rows, rows.denseBlocks, from: state?.stream)
  }

  /// The outcome of a fit of streamed rows.
  func outcome(
    status: Minimization.Status, reason: String, method: String, solution: [Double], _ rows: StreamedRows, steps: Int,
    epochs: Int, objective: Double, trace: [Double], unbounded: [String] = [], progressive: Double? = nil
  ) -> FitOutcome {
    let predictors = LinearPredictor.predictors(
      of: solution, count: loss.predictorCount, hasIntercept: options.intercept, scaling: rows.scaling)
    return FitOutcome(
      status: status, reason: reason, method: method, steps: steps, epochs: epochs,
      predictors: options.steps == nil ? LinearPredictor.centred(predictors) : predictors,
      objective: objective, trace: trace, validationTrace: [],
      progressiveLoss: progressive ?? (options.steps == nil ? nil : trace.first), unbounded: unbounded)
  }
}
