import EspalierFiles
import EspalierProximalPoint

/// The fits of a path over examples.
struct PathRun<Features: StandardizableRows> {
  /// A smooth loss that explains so much of the deviance, or gains so little of it from one strength to the next, ends
  /// a grid: weaker penalties change nothing (the limits of glmnet).
  private static var enough: Double { 0.999 }
  private static var leastGain: Double { 1e-5 }

  private let fit: Fit
  private let examples: Examples<Features>
  private let options: PathOptions
  /// The model without features.
  private let start: [Double]
  private let units: LossUnits

  /// The run of a fit's loss over examples.
  init(_ fit: Fit, _ examples: Examples<Features>, _ options: PathOptions) throws(EspalierError) {
    self.fit = fit
    self.examples = examples
    self.options = options
    units = try fit.loss.units(
      count: examples.count, hasIntercept: fit.options.intercept, over: ExampleBlocks(examples))
    start = units.start(block: examples.dimension, hasIntercept: fit.options.intercept)
  }

  /// The fits at these strengths or, without any, at those of the options, which end where nothing more is explained.
  func points(strengths: [Double]?) throws(EspalierError) -> [PathPoint] {
    let ends = strengths == nil && options.strengths == nil
    if fit.loss.isCurved, let loss = fit.loss.ofPredictor,
      let points = try points(loss, strengths: strengths, ends: ends)
    {
      return points
    }
    let solver = AutomaticSolver(epochs: 0, seed: fit.options.seed)
    var previous: Minimization?
    return try collect(strengths ?? grid(largest: largestStrength), ends: ends) { (l1, l2) throws(EspalierError) in
      let run = try fit.loss.run(
        by: solver, over: examples, regularizer: regularizer(l1: l1, l2: l2),
        from: previous.map(SolverState.init(startingAt:)))
      while run.advance() {}
      previous = run.outcome
      let solution = run.outcome.solution
      return (solution, fit.loss.average(over: examples, at: solution), run.outcome)
    }
  }

  /// The fits of a smooth loss, on working sets; `nil` without absolute values, unless all strengths share the sums
  /// over rows.
  private func points<L: Loss>(_ loss: L, strengths: [Double]?, ends: Bool) throws(EspalierError) -> [PathPoint]? {
    guard options.l1Ratio > 0 || PathSolver.keepsSums(loss, over: examples) else { return nil }
    var solver = try PathSolver(loss, over: examples, conditions: fit.options.conditions)
    // Rounding of the derivatives leaves all coefficients at 0.
    let largest =
      options.l1Ratio > 0 ? (1 + 1e-7) * solver.largestStrength / options.l1Ratio : largestStrength
    return try collect(strengths ?? grid(largest: largest), ends: ends) { (l1, l2) throws(EspalierError) in
      let point = solver.advance(l1: l1, l2: l2)
      return (point.solution, point.loss, point.outcome)
    }
  }

  private typealias Solution = (coefficients: [Double], loss: Double, outcome: Minimization)

  private func collect(
    _ strengths: [Double], ends: Bool,
    _ solve: (_ l1: Double, _ l2: Double) throws(EspalierError) -> Solution
  ) throws(EspalierError) -> [PathPoint] {
    let null = fit.loss.average(over: examples, at: start)
    var points: [PathPoint] = []
    for strength in strengths {
      let (l1, l2) = (strength * options.l1Ratio, strength * (1 - options.l1Ratio))
      let (solution, loss, outcome) = try solve(l1, l2)
      let explained = (null - loss) / units.deviance
      points.append(
        PathPoint(
          strength: strength, l1: l1, l2: l2, solution: solution, nonZeroCount: nonZeroCount(solution),
          objective: outcome.objective, explained: explained, isCertified: outcome.status == .converged))
      guard ends, points.count > 5 else { continue }
      let gain = explained - points[points.count - 2].explained
      if explained > Self.enough || (options.l1Ratio > 0 && gain < Self.leastGain * explained) { break }
    }
    return points
  }

  private func grid(largest: Double) -> [Double] {
    options.grid(largest: largest, rows: examples.count, features: examples.rows.dimension)
  }

  /// The largest strength of a grid, from the derivatives of the loss without features. With absolute values: just
  /// above all of them, so that all coefficients are 0. Without: where no coefficient alone explains more than a
  /// thousandth of the deviance, `g^2 / (2 strength)`.
  private var largestStrength: Double {
    let gradient = fit.loss.gradient(over: examples, at: start)
    let block = examples.dimension
    let slopes = gradient.indices.filter { $0 % block < examples.rows.dimension }.map { abs(gradient[$0]) }
    let largest = slopes.max() ?? 0
    let strength = options.l1Ratio > 0 ? 1.02 * largest / options.l1Ratio : 500 * largest * largest / units.deviance
    return strength > 0 && strength.isFinite ? strength : 1
  }

  private func regularizer(l1: Double, l2: Double) -> any Regularizer {
    var options = fit.options
    (options.l1, options.l2) = (l1, l2)
    return options.regularizer
  }

  /// The number of features with a coefficient of any predictor.
  private func nonZeroCount(_ solution: [Double]) -> Int {
    let (block, features) = (examples.dimension, examples.rows.dimension)
    return (0..<features).count { feature in
      stride(from: feature, to: solution.count, by: block).contains { solution[$0] != 0 }
    }
  }
}

extension ExampleBlocks {
  /// Examples in memory as one block.
  init(_ examples: Examples<Features>) {
    self.init { _ in
      var next: Examples<Features>? = examples
      return { () throws(EspalierError) in
        defer { next = nil }
        return next
      }
    }
  }
}
