import EspalierFiles
import EspalierProximalPoint
import EspalierTables
import EspalierTensors

/// The state of a fit of streamed rows, between two blocks or iterations.
struct StreamState: Hashable, Sendable, Codable {
  /// The state of the method after the last complete pass.
  var iterate: Iterate
  /// The current pass.
  var pass: PassState?
  /// The average of the iterates of the last complete pass.
  @Stored var average: [Double]
  /// The progressive loss of each pass.
  @Stored var trace: [Double] = []
  /// The objective at the start, for constant steps.
  var start: Double?
  /// The step and reason of a divergence; `nil` without one.
  var divergence: Divergence?
  /// Newton's method on all rows, once it runs.
  var polish: PolishState?
}

/// A fit of streamed rows: Newton's method, or passes of stochastic steps if a step size is given or coefficients are
/// too many.
final class StreamedFitRun<Features: FeatureRows>: FitRun {
  private let fit: Fit
  private let rows: StreamedRows
  private let blocks: ExampleBlocks<Features>
  private let method: any StochasticMethod
  private let decay: PolynomialDecay?
  private let passes: Int
  private let polishing: StreamedPolishing<Features>?
  private var reader: ExampleBlocks<Features>.Reader?
  private var stream: StreamState
  private(set) var progress: FitProgress?

  /// The fit from the start or from `state`.
  ///
  /// - Throws: `EspalierError` if rows cannot be read, or the regulariser does not support streamed rows.
  init(
    _ fit: Fit, _ rows: StreamedRows, _ blocks: ExampleBlocks<Features>, from state: StreamState?
  ) throws(EspalierError) {
    self.fit = fit
    self.rows = rows
    self.blocks = blocks
    let options = fit.options
    let beginning = fit.startSolution(rows.scaling).map(Iterate.init(at:)) ?? Iterate(dimension: rows.dimension)
    stream = state ?? StreamState(iterate: beginning, average: beginning.current)
    guard stream.iterate.current.count == rows.dimension, stream.average.count == rows.dimension else {
      throw EspalierError(
        .data,
        FitState.kind, "is of \(stream.iterate.current.count) coefficients, and there are \(rows.dimension)")
    }
    if let steps = options.steps {
      method = steps.value(rows: rows.count)
      (decay, polishing) = (nil, nil)
      passes = max(1, options.epochs ?? 10)
      if stream.start == nil {
        stream.start = try Self.objective(fit, rows, blocks, at: stream.iterate.current)
      }
      return
    }
    let usesNewton = fit.streamsRegularizer(features: rows.features.count)
    guard usesNewton || options.regularizer is NoRegularizer else {
      throw EspalierError(
        .argument, "a penalty with --stream",
        "is not for \(fit.family.name.rawValue) of \(rows.dimension) coefficients",
        remedy: "leave out --stream")
    }
    let steps = FitOptions.ConstantSteps(method: .sppa, step: options.initialStep, momentum: 0)
    method = steps.value(rows: rows.count)
    decay = PolynomialDecay(power: 0.75, delay: max(1, Double(rows.count / method.batch.size)))
    // Newton's method needs no steps before it; the progressive loss is that of some.
    let measures = fit.measuresProgressiveLoss && options.regularizer is NoRegularizer
    passes = usesNewton ? (measures ? 1 : 0) : options.epochs ?? 10
    polishing = StreamedPolishing(fit, rows, blocks, usesNewton: usesNewton)
  }

  var state: FitState {
    FitState(
      origin: fit.origin(rows.features, rowCount: rows.count, isStreamed: true), stream: stream)
  }

  func advance() throws(EspalierError) -> Bool {
    progress = nil
    if stream.divergence == nil, stream.trace.count < passes {
      try advancePass()
      return true
    }
    guard let polishing else { return false }
    return try polishing.advance(&stream.polish, approach: stream.average)
  }

  /// Takes the steps on the next block or, after the last, ends the pass.
  private func advancePass() throws(EspalierError) {
    var pass = stream.pass ?? PassState(from: stream.iterate)
    if let examples = try nextBlock(behind: pass.blocks) {
      try step(&pass, over: examples)
      stream.pass = pass
      if pass.divergence == nil { return }
    }
    let outcome = pass.outcome
    (stream.pass, reader) = (nil, nil)
    stream.iterate = outcome.iterate
    stream.trace.append(outcome.progressiveLoss)
    stream.divergence = outcome.divergence
    if outcome.divergence == nil { stream.average = outcome.average }
    // Steps of decreasing size that diverge only make a bad start.
    if outcome.divergence == nil || decay == nil {
      progress = FitProgress(epoch: stream.trace.count, loss: outcome.progressiveLoss)
    }
  }

  private func step(_ pass: inout PassState, over examples: Examples<Features>) throws(EspalierError) {
    let options = fit.options
    if let decay {
      try fit.loss.step(
        &pass, by: method, over: examples, regularizer: options.regularizer, schedule: decay, order: options.order)
    } else {
      try fit.loss.step(
        &pass, by: method, over: examples, regularizer: options.regularizer, schedule: ConstantStep(),
        order: options.order)
    }
  }

  /// The next block after the first `count` of the current pass.
  private func nextBlock(behind count: Int) throws(EspalierError) -> Examples<Features>? {
    if let reader { return try reader() }
    let reader = try blocks.reader(ofBatches: method.batch.size)
    self.reader = reader
    for _ in 0..<count { _ = try reader() }
    return try reader()
  }

  func outcome() throws(EspalierError) -> FitOutcome {
    guard let polishing else { return try outcomeOfSteps() }
    let (result, unbounded) = try polishing.outcome(of: stream.polish, approach: stream.average)
    let names = fit.coefficientNames(unbounded, features: rows.features.map(\.name))
    let (trace, taken) = (stream.trace, decay.map { "\(method.name), streamed, averaged, \($0.name)" } ?? "")
    return fit.outcome(
      status: result.status, reason: fit.reason(result, names),
      method: trace.isEmpty
        ? "\(result.method), streamed" : "\(taken), \(trace.count) epochs; then \(result.method)",
      solution: result.solution, rows, steps: stream.iterate.steps + result.steps, epochs: trace.count + result.epochs,
      objective: result.objective, trace: trace + result.trace, unbounded: names, progressive: trace.first)
  }

  private func outcomeOfSteps() throws(EspalierError) -> FitOutcome {
    var divergence = stream.divergence
    var end = Double.infinity
    if divergence == nil {
      end = try Self.objective(fit, rows, blocks, at: stream.iterate.current)
      if method.hasDiverged(from: stream.start ?? end, to: end, isLast: true) { divergence = try self.divergence() }
    }
    return fit.outcome(
      status: divergence.map { .diverged($0) } ?? .stopped,
      reason: divergence?.description ?? "\(stream.trace.count) epochs done", method: "\(method.name), streamed",
      solution: stream.iterate.current, rows, steps: stream.iterate.steps, epochs: stream.trace.count, objective: end,
      trace: stream.trace)
  }

  /// A divergence detected from the objective; its reason is determined from the first block.
  private func divergence() throws(EspalierError) -> Divergence {
    let steps = stream.iterate.steps
    guard let first = try blocks.reader(ofBatches: method.batch.size)() else {
      return Divergence(step: steps, reason: .overflow)
    }
    let start = [Double](repeating: 0, count: stream.iterate.current.count)
    return Divergence(step: steps, reason: fit.loss.reasonOfDivergence(of: method, first, at: start))
  }

  private static func objective(
    _ fit: Fit, _ rows: StreamedRows, _ blocks: ExampleBlocks<Features>, at x: [Double]
  ) throws(EspalierError) -> Double {
    func value(_ regularizer: some Regularizer) throws(EspalierError) -> Double {
      let objective = StreamedObjective(fit, rows, blocks, regularizer)
      let value = objective.value(x)
      if let failure = objective.failure { throw failure }
      return value
    }
    return try value(fit.options.regularizer)
  }
}

extension StreamedObjective {
  /// The objective of a fit.
  convenience init(_ fit: Fit, _ rows: StreamedRows, _ blocks: ExampleBlocks<Features>, _ regularizer: R) {
    self.init(
      fit.loss, count: rows.count, features: rows.features.count, hasIntercept: fit.options.intercept,
      regularizer: regularizer, over: blocks)
  }
}
