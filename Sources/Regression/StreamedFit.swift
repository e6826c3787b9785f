import EspalierFiles
import EspalierProximalPoint
import EspalierTables

extension Fit {
  /// Whether streamed rows are fitted with a regulariser, of `features` features, without a step size: only where
  /// Newton's method can, because stochastic steps on standardised features would regularise the coefficients of those.
  package func streamsRegularizer(features: Int) -> Bool {
    let coefficients = (features + (options.intercept ? 1 : 0)) * loss.predictorCount
    return loss.isCurved && coefficients <= Polish.newtonLimit
  }

  /// Fits rows that are read anew in each epoch, in memory that does not depend on how many there are.
  ///
  /// With constant steps, they are those of rows in memory, in cyclic order. Without, each epoch takes SPPA's steps in
  /// decreasing size on standardised features, whose iterates are averaged, and where the loss is curved everywhere and
  /// there are at most `Polish.newtonLimit` coefficients, Newton's method follows, in three passes an iteration. The
  /// trace holds the progressive loss of each epoch, which costs no pass of its own, then the objective.
  ///
  /// - Throws: `EspalierError` where a row cannot be used, or where a regulariser is asked for and `streamsRegularizer`
  ///   says no.
  package func streaming(
    _ source: some RowSource, features: [FeatureSummary], rowCount: Int, isSparse: Bool, meanWeight: Double? = nil,
    observe: (FitProgress) -> Void = { _ in }
  ) throws(EspalierError) -> FitOutcome {
    let run = try streamingRun(
      source, features: features, rowCount: rowCount, isSparse: isSparse, meanWeight: meanWeight)
    return try run.finish(observe)
  }

  /// The same fit, to be taken by blocks and iterations, from its beginning or from a state of it.
  ///
  /// - Throws: `EspalierError` as `streaming` does, and where the state is not one of this fit.
  package func streamingRun(
    _ source: some RowSource, features: [FeatureSummary], rowCount: Int, isSparse: Bool, meanWeight: Double? = nil,
    from state: FitState? = nil
  ) throws(EspalierError) -> any FitRun {
    if let state {
      try state.origin.check(against: origin(features, rowCount: rowCount, isStreamed: true), FitState.kind)
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

  /// What a fit of streamed rows came to.
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
