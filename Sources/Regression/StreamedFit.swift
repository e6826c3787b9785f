import Files
import ProximalPoint
import Tables

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
  public func streaming(
    _ source: some RowSource, features: [FeatureSummary], rowCount: Int, isSparse: Bool, meanWeight: Double? = nil,
    observe: (FitProgress) -> Void = { _ in }
  ) throws(EspalierError) -> FitOutcome {
    let scaling =
      options.steps == nil || options.standardize
      ? FeatureScaling(features, centred: options.intercept && !isSparse) : nil
    let rows = StreamedRows(
      source: source, fit: self, scaling: scaling, features: features, count: rowCount, meanWeight: meanWeight)
    func fit<Features: FeatureRows>(
      _ blocks: @escaping (Int) throws(EspalierError) -> () throws(EspalierError) -> Examples<Features>?
    ) throws(EspalierError) -> FitOutcome {
      if let steps = options.steps { return try constantSteps(steps, rows, blocks, observe) }
      return try automatic(rows, blocks, observe)
    }
    return isSparse ? try fit(rows.sparseBlocks) : try fit(rows.denseBlocks)
  }

  private func constantSteps<Features: FeatureRows>(
    _ steps: FitOptions.ConstantSteps, _ rows: StreamedRows,
    _ blocks: @escaping (Int) throws(EspalierError) -> () throws(EspalierError) -> Examples<Features>?,
    _ observe: (FitProgress) -> Void
  ) throws(EspalierError) -> FitOutcome {
    let method = steps.value(rows: rows.count)
    var state = Iterate(dimension: rows.dimension)
    func value(_ regularizer: some Regularizer) throws(EspalierError) -> Double {
      try objective(rows, blocks, regularizer).checked { $0.value(state.current) }
    }
    let start = try value(options.regularizer)
    var trace: [Double] = []
    var divergence: Divergence?
    let epochs = options.epochs ?? 10
    while trace.count < max(1, epochs), divergence == nil {
      let outcome = try loss.pass(
        by: method, from: state, regularizer: options.regularizer, schedule: ConstantStep(), order: options.order,
        over: blocks(method.batch.size))
      state = outcome.iterate
      trace.append(outcome.progressiveLoss)
      divergence = outcome.divergence
      observe(FitProgress(epoch: trace.count, loss: outcome.progressiveLoss))
    }
    var end = Double.infinity
    if divergence == nil {
      end = try value(options.regularizer)
      if method.hasDiverged(from: start, to: end, isLast: true) {
        divergence = try self.divergence(of: method, at: state, blocks)
      }
    }
    return outcome(
      status: divergence.map { .diverged($0) } ?? .stopped,
      reason: divergence?.description ?? "\(trace.count) epochs done", method: "\(method.name), streamed",
      solution: state.current, rows, steps: state.steps, epochs: trace.count, objective: end, trace: trace)
  }

  private func automatic<Features: FeatureRows>(
    _ rows: StreamedRows,
    _ blocks: @escaping (Int) throws(EspalierError) -> () throws(EspalierError) -> Examples<Features>?,
    _ observe: (FitProgress) -> Void
  ) throws(EspalierError) -> FitOutcome {
    let regularizer = options.regularizer
    let usesNewton = streamsRegularizer(features: rows.features.count)
    guard usesNewton || regularizer is NoRegularizer else {
      throw EspalierError(
        .argument, "a penalty with --stream", "is not for \(family.name.rawValue) of \(rows.dimension) coefficients",
        remedy: "leave out --stream")
    }
    let steps = FitOptions.ConstantSteps(method: .sppa, step: options.initialStep, momentum: 0)
    let method = steps.value(rows: rows.count)
    let decay = PolynomialDecay(power: 0.75, delay: max(1, Double(rows.count / method.batch.size)))
    var state = Iterate(dimension: rows.dimension)
    var approach = state.current
    var trace: [Double] = []
    // Where Newton's method follows, a start will do; it has one of its own where steps would regularise something
    // else.
    let epochs = usesNewton ? min(options.epochs ?? 2, 2) : options.epochs ?? 10
    while trace.count < epochs, regularizer is NoRegularizer {
      let outcome = try loss.pass(
        by: method, from: state, regularizer: regularizer, schedule: decay, order: options.order,
        over: blocks(method.batch.size))
      state = outcome.iterate
      trace.append(outcome.progressiveLoss)
      guard outcome.divergence == nil else { break }
      approach = outcome.average
      observe(FitProgress(epoch: trace.count, loss: outcome.progressiveLoss))
    }
    let progressive = trace.first
    var unbounded: [Int] = []
    func polish<R: Regularizer>(_ regularizer: R) throws(EspalierError) -> Minimization {
      let base = objective(rows, blocks, regularizer)
      let scaling = rows.scaling!
      let objective = StandardizedObjective(
        base, scales: scaling.deviations, shifts: options.intercept ? scaling.shifts : nil)
      let units = try loss.units(count: rows.count, hasIntercept: options.intercept) { body throws(EspalierError) in
        try rows.pass(blocks, body)
      }
      let start = objective.better(
        objective.coordinates(ofScaled: approach),
        units.start(block: base.penalty.block, hasIntercept: options.intercept))
      let polish = Polish()
      let result =
        usesNewton
        ? polish(
          objective, from: start, hasIntercept: options.intercept, units, seeksInfinity: loss.hasMinimaAtInfinity)
        : polish.certified(
          polish.unpolished(
            objective, start, options.intercept,
            "streamed steps of SPPA alone: Newton's method is for losses without kinks and up to \(Polish.newtonLimit) coefficients"
          ),
          objective, units)
      if let failure = base.failure { throw failure }
      if let step = result.flatDirection {
        let moved = objective.shifted(step)
        let block = base.penalty.block
        unbounded = FlatDirection.coefficients(
          moving: step,
          restored: stride(from: 0, to: moved.count, by: block).flatMap {
            scaling.restore(Array(moved[$0..<$0 + block]))
          },
          block: block, features: rows.features.count)
      }
      return result.mapping(prefix: "", objective.shifted)
    }
    let result = try polish(regularizer)
    let names = coefficientNames(unbounded, features: rows.features.map(\.name))
    return outcome(
      status: result.status, reason: reason(result, names),
      method: trace.isEmpty
        ? "\(result.method), streamed"
        : "\(method.name), streamed, averaged, \(decay.name), \(trace.count) epochs; then \(result.method)",
      solution: result.solution, rows, steps: state.steps + result.steps, epochs: trace.count + result.epochs,
      objective: result.objective, trace: trace + result.trace, unbounded: names, progressive: progressive)
  }

  /// A divergence that the objective shows: its reason is seen from the first block.
  private func divergence<Features: FeatureRows>(
    of method: any Method, at state: Iterate,
    _ blocks: (Int) throws(EspalierError) -> () throws(EspalierError) -> Examples<Features>?
  ) throws(EspalierError) -> Divergence {
    guard let first = try blocks(method.batch.size)() else { return Divergence(step: state.steps, reason: .overflow) }
    let start = [Double](repeating: 0, count: state.current.count)
    return Divergence(step: state.steps, reason: loss.reasonOfDivergence(of: method, first, at: start))
  }

  private func objective<Features: FeatureRows, R: Regularizer>(
    _ rows: StreamedRows,
    _ blocks: @escaping (Int) throws(EspalierError) -> () throws(EspalierError) -> Examples<Features>?,
    _ regularizer: R
  ) -> StreamedObjective<Features, R> {
    StreamedObjective(
      loss, count: rows.count, features: rows.features.count, hasIntercept: options.intercept, regularizer: regularizer
    ) { body throws(EspalierError) in
      try rows.pass(blocks, body)
    }
  }

  private func outcome(
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

/// Rows that are read anew as often as is asked, in blocks of whole batches.
struct StreamedRows: Sendable {
  /// Rows that are in memory at a time.
  private static let blockSize = 8192

  let source: any RowSource
  let fit: Fit
  let scaling: FeatureScaling?
  let features: [FeatureSummary]
  let count: Int
  let meanWeight: Double?

  /// How many coefficients there are.
  var dimension: Int { (features.count + (fit.options.intercept ? 1 : 0)) * fit.loss.predictorCount }

  /// Blocks of dense rows, from the first on.
  func denseBlocks(ofBatches batch: Int) throws(EspalierError) -> () throws(EspalierError) -> Examples<DenseRows>? {
    let next = try blocks(ofBatches: batch)
    return { () throws(EspalierError) in if case .dense(let rows)? = try next() { rows } else { nil } }
  }

  /// Blocks of sparse rows, from the first on.
  func sparseBlocks(ofBatches batch: Int) throws(EspalierError) -> () throws(EspalierError) -> Examples<SparseRows>? {
    let next = try blocks(ofBatches: batch)
    return { () throws(EspalierError) in if case .sparse(let rows)? = try next() { rows } else { nil } }
  }

  /// Hands block after block to `body`.
  func pass<Features: FeatureRows>(
    _ blocks: (Int) throws(EspalierError) -> () throws(EspalierError) -> Examples<Features>?,
    _ body: (Examples<Features>) -> Void
  ) throws(EspalierError) {
    let next = try blocks(1)
    while let examples = try next() { body(examples) }
  }

  private func blocks(ofBatches batch: Int) throws(EspalierError) -> () throws(EspalierError) -> TableExamples? {
    let reader = try source.reader()
    let size = max(1, Self.blockSize / batch) * batch
    return { () throws(EspalierError) -> TableExamples? in
      guard let rows = try reader.next(atMost: size) else { return nil }
      return try TableExamples(
        rows, family: fit.family, intercept: fit.options.intercept, scaling: scaling, meanWeight: meanWeight)
    }
  }
}

extension StreamedObjective {
  /// What is asked of the objective.
  /// - Throws: The fault of the file, if there was one.
  fileprivate func checked(_ ask: (StreamedObjective) -> Double) throws(EspalierError) -> Double {
    let value = ask(self)
    if let failure { throw failure }
    return value
  }
}
