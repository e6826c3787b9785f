import Files
import ProximalPoint
import Tables

extension Fit {
  /// Rows that are in memory at a time while data are streamed.
  private static let blockSize = 8192

  /// Fits rows that are read anew in each epoch, in memory that does not depend on how many there are.
  ///
  /// With constant steps, they are those of rows in memory, in cyclic order. Without, each epoch takes SPPA's steps in
  /// decreasing size on standardised features, and the solution is the average of the last epoch's iterates. The trace
  /// holds the progressive loss of each epoch, which costs no pass of its own; the objective takes one more at the end.
  ///
  /// - Throws: `DataError` where a row cannot be used.
  public func streaming(
    _ source: some RowSource, features: [FeatureSummary], rowCount: Int, isSparse: Bool,
    observe: (FitProgress) -> Void = { _ in }
  ) throws(DataError) -> FitOutcome {
    guard isSparse else {
      return try stream(source, features, rowCount, observe, false) { examples in
        if case .dense(let rows) = examples { rows } else { nil }
      }
    }
    return try stream(source, features, rowCount, observe, true) { examples in
      if case .sparse(let rows) = examples { rows } else { nil }
    }
  }

  private func stream<Features: FeatureRows>(
    _ source: some RowSource, _ features: [FeatureSummary], _ rowCount: Int, _ observe: (FitProgress) -> Void,
    _ isSparse: Bool, _ cast: @escaping (TableExamples) -> Examples<Features>?
  ) throws(DataError) -> FitOutcome {
    let scaling =
      options.steps == nil || options.standardize
      ? FeatureScaling(features, centred: options.intercept && !isSparse) : nil
    let steps = options.steps ?? FitOptions.ConstantSteps(method: .sppa, step: 1, momentum: 0)
    let method = steps.value
    let blockSize = max(1, Self.blockSize / steps.batch.size) * steps.batch.size
    func blocks() throws(DataError) -> () throws(DataError) -> Examples<Features>? {
      let reader = try source.reader()
      return { () throws(DataError) -> Examples<Features>? in
        guard let rows = try reader.next(atMost: blockSize) else { return nil }
        return cast(
          try TableExamples(
            rows, family: family, intercept: options.intercept, scaling: scaling))
      }
    }
    let decay = PolynomialDecay(power: 0.75, delay: max(1, Double(rowCount / steps.batch.size)))
    let (loss, regularizer) = (loss, options.regularizer)
    func pass(_ schedule: some Schedule, _ state: Iterate) throws(DataError) -> StreamedPass {
      try loss.pass(
        by: method, from: state, regularizer: regularizer, schedule: schedule, order: options.order, over: blocks())
    }
    var state = Iterate(dimension: (features.count + (options.intercept ? 1 : 0)) * loss.predictorCount)
    var solution = state.current
    var trace: [Double] = []
    var status = Minimization.Status.stopped
    let epochs = options.epochs ?? 10
    for epoch in 1...max(1, epochs) {
      let outcome = try options.steps == nil ? pass(decay, state) : pass(ConstantStep(), state)
      state = outcome.iterate
      solution = options.steps == nil ? outcome.average : state.current
      trace.append(outcome.progressiveLoss)
      if let divergence = outcome.divergence {
        status = .diverged(divergence)
        break
      }
      observe(FitProgress(epoch: epoch, loss: outcome.progressiveLoss))
    }
    var objective = Double.infinity
    if case .diverged = status {} else { objective = try self.objective(regularizer, at: solution, blocks()) }
    var reason = "\(trace.count) epochs done"
    if case .diverged(let divergence) = status { reason = divergence.description }
    return FitOutcome(
      status: status, reason: reason,
      method: "\(method.name), streamed" + (options.steps == nil ? ", averaged, \(decay.name)" : ""),
      steps: state.steps, epochs: trace.count,
      predictors: LinearPredictor.predictors(
        of: solution, count: loss.predictorCount, hasIntercept: options.intercept, scaling: scaling),
      objective: objective, trace: trace, validationTrace: [], progressiveLoss: trace.first)
  }

  /// The average loss over all blocks, and the regulariser.
  private func objective<Features: FeatureRows>(
    _ regularizer: any Regularizer, at solution: [Double], _ next: () throws(DataError) -> Examples<Features>?
  ) throws(DataError) -> Double {
    var (total, count) = (0.0, 0)
    while let examples = try next() {
      total += loss.average(over: examples, at: solution) * Double(examples.count)
      count += examples.count
    }
    let predictors = LinearPredictor.predictors(
      of: solution, count: loss.predictorCount, hasIntercept: options.intercept, scaling: nil)
    return predictors.flatMap(\.coefficients).reduce(total / Double(count)) { $0 + regularizer.value($1) }
  }
}
