import Files

/// The limited memory method of Broyden, Fletcher, Goldfarb and Shanno: the reference for optima in many dimensions.
///
/// Directions are `-B g` with B from the last `memory` pairs of steps and changes of the gradient (two-loop recursion; J. Nocedal,
/// Mathematics of Computation 1980), halved until the objective falls by 1e-4 of what its slope promises. Ends like `Newton`.
/// Complexity of an iteration: O(nnz + memory p).
public struct LBFGS: Sendable {
  /// Which promise of a step ends the method.
  public var tolerance: Double
  /// How many steps are taken at most.
  public var maximumIterations: Int
  /// How many pairs are remembered.
  public var memory: Int

  /// The method with these limits.
  public init(tolerance: Double = 1e-14, maximumIterations: Int = 1000, memory: Int = 10) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.memory = memory
  }

  /// Minimises the average loss and a quadratic regulariser from `start` (0 if `nil`).
  ///
  /// Errors: an `EspalierError` if the loss has kinks, or a target is none that it accepts.
  public func minimize<L: Loss, Rows: FeatureRows, R: QuadraticRegularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), start: [Double]? = nil
  ) throws(EspalierError) -> Minimization {
    guard loss.isSmooth else { throw EspalierError(.argument, "L-BFGS", "the \(loss.name) loss has kinks") }
    try examples.validate(for: loss)
    let objective = Objective(loss, over: examples, regularizer: regularizer)
    return minimize(
      value: objective.value, gradient: objective.gradient,
      from: start ?? [Double](repeating: 0, count: examples.dimension), hasIntercept: examples.hasIntercept)
  }

  /// Minimises a smooth function that gives its value (infinite where it has none) and its gradient.
  public func minimize(
    value objective: ([Double]) -> Double, gradient: ([Double]) -> [Double], from start: [Double],
    hasIntercept: Bool = false
  ) -> Minimization {
    minimize(value: objective, gradient: gradient, from: start, hasIntercept: hasIntercept) { [tolerance] state in
      state.promise == 0 || abs(state.promise) <= tolerance * (abs(state.value) + abs(state.first))
        ? "a step promises less than \(tolerance) of the objective" : nil
    }
  }

  /// Minimises an objective whose regulariser is quadratic until its slope is far below the tolerance of the
  /// certificate, or rounding.
  ///
  /// Coordinates are divided by the roots of their curvature, `1 + strength_j / curvature` times that of the loss, so
  /// that a strong regulariser of features in small units does not slow the others down. With `seeksInfinity`, the way
  /// of the second half of the iterations is tried as a direction to infinity (`FlatDirection`).
  func minimize<F: SmoothObjective>(
    _ objective: F, from start: [Double], hasIntercept: Bool, units: LossUnits, seeksInfinity: Bool
  ) -> Minimization {
    let roots = start.indices.map { (1 + objective.penalty.strength(at: $0) / units.curvature).squareRoot() }
    func coordinates(_ y: [Double]) -> [Double] { zip(y, roots).map(/) }
    var halfway = start
    var next = 1
    var best = (slope: Double.infinity, iteration: 0)
    var result = minimize(
      value: { objective.value(coordinates($0)) },
      gradient: { zip(objective.gradient(coordinates($0)), roots).map(/) }, from: zip(start, roots).map(*),
      hasIntercept: hasIntercept
    ) { state in
      let x = coordinates(state.x)
      if state.iteration >= next {
        halfway = x
        next *= 2
      }
      let gradient = state.gradient.indices.map { state.gradient[$0] * roots[$0] }
      let slope = units.slope(ofBlocks: objective.penalty.block, gradient)
      if slope < 0.5 * best.slope { best = (slope, state.iteration) }
      if slope <= 1e-2 * Certificate.tolerance { return "the gradient is far below the tolerance" }
      let isStuck = best.slope <= Certificate.tolerance && state.iteration - best.iteration > 30
      return isStuck ? "the gradient is rounding" : nil
    }.mapping(prefix: "", coordinates)
    guard seeksInfinity else { return result }
    let way = zip(result.solution, halfway).map(-)
    if FlatDirection.isFlat(way, of: objective, at: result.solution, value: result.objective, units) {
      result.flatDirection = way
    }
    return result
  }

  /// Where the method stands before a step.
  private struct State {
    let iteration: Int
    let x: [Double]
    let value: Double
    let gradient: [Double]
    let promise: Double
    /// The value at the start.
    let first: Double
  }

  /// Goes on until `reasonToEnd` gives one, which means that it has converged.
  private func minimize(
    value objective: ([Double]) -> Double, gradient: ([Double]) -> [Double], from start: [Double],
    hasIntercept: Bool, reasonToEnd: (State) -> String?
  ) -> Minimization {
    var x = start
    var g = gradient(x)
    var value = objective(x)
    var trace = [value]
    var pairs: [Pair] = []
    var status = Minimization.Status.stopped
    var reason = "\(maximumIterations) iterations done"
    var iterations = 0
    while iterations < maximumIterations {
      var direction = Pair.direction(pairs, g)
      // Without pairs the length is unknown: at most 1.
      if pairs.isEmpty {
        let length = max(1, norm(g))
        direction = direction.map { $0 / length }
      }
      let promise = inner(g, direction)
      if let end = reasonToEnd(
        State(iteration: iterations, x: x, value: value, gradient: g, promise: promise, first: trace[0]))
      {
        (status, reason) = (.converged, end)
        break
      }
      guard let found = lineSearch(objective, x, direction, value, promise) else {
        if pairs.isEmpty {
          reason = "no step lowers the objective"
          break
        }
        pairs = []
        continue
      }
      iterations += 1
      let next = gradient(found.x)
      let pair = Pair(step: zip(found.x, x).map(-), change: zip(next, g).map(-))
      if pair.curvature > 0 { pairs.append(pair) }
      if pairs.count > memory { pairs.removeFirst() }
      (x, value, g) = (found.x, found.value, next)
      trace.append(value)
    }
    return Minimization(
      status: status, reason: reason, method: "L-BFGS on all examples, \(iterations) iterations", solution: x,
      hasIntercept: hasIntercept, steps: iterations, epochs: iterations, objective: value, trace: trace)
  }

  private func lineSearch(
    _ objective: ([Double]) -> Double, _ x: [Double], _ direction: [Double], _ value: Double, _ promise: Double
  ) -> (x: [Double], value: Double)? {
    var fraction = 1.0
    while fraction > 1e-20 {
      let trial = zip(x, direction).map { $0 + fraction * $1 }
      let trialValue = objective(trial)
      if trialValue <= value + 1e-4 * fraction * promise { return (trial, trialValue) }
      // Below rounding of the objective, a step is as good as its direction.
      if -promise <= 1e-11 * abs(value), fraction == 1, trialValue <= value + 4e-16 * abs(value) {
        return (trial, trialValue)
      }
      // Rounding would decide on shorter ones.
      guard -promise * fraction > 1e-17 * abs(value) else { return nil }
      fraction *= 0.5
    }
    return nil
  }

  /// A step and the change of the gradient over it.
  private struct Pair {
    let step: [Double]
    let change: [Double]
    let curvature: Double

    init(step: [Double], change: [Double]) {
      self.step = step
      self.change = change
      curvature = inner(step, change)
    }

    /// `-B g`.
    static func direction(_ pairs: [Pair], _ gradient: [Double]) -> [Double] {
      var direction = gradient.map { -$0 }
      var shares: [Double] = []
      for pair in pairs.reversed() {
        let share = inner(pair.step, direction) / pair.curvature
        shares.append(share)
        direction = zip(direction, pair.change).map { $0 - share * $1 }
      }
      if let last = pairs.last {
        let scale = last.curvature / inner(last.change, last.change)
        direction = direction.map { $0 * scale }
      }
      for (pair, share) in zip(pairs, shares.reversed()) {
        let correction = share - inner(pair.change, direction) / pair.curvature
        direction = zip(direction, pair.step).map { $0 + correction * $1 }
      }
      return direction
    }
  }
}
