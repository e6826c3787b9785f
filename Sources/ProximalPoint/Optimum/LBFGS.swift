import EspalierFiles

/// The limited memory method of Broyden, Fletcher, Goldfarb and Shanno: the reference for optima in many dimensions.
///
/// Directions are `-B g` with B from the last `memory` pairs of steps and gradient changes (two-loop recursion; J.
/// Nocedal, Mathematics of Computation 1980), halved until the objective decreases by 1e-4 of the prediction of its
/// slope. Ends like `Newton`. Complexity of an iteration: O(nnz + memory p).
package struct LBFGS: Sendable {
  /// The predicted decrease of a step at which the method ends.
  package var tolerance: Double
  /// The maximum number of steps.
  package var maximumIterations: Int
  /// The number of pairs kept.
  package var memory: Int

  /// The method with these limits.
  package init(tolerance: Double = 1e-14, maximumIterations: Int = 1000, memory: Int = 10) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
    self.memory = memory
  }

  /// Minimises the average loss and a quadratic regulariser from `start` (0 if `nil`).
  ///
  /// - Throws: `EspalierError` if the loss has kinks or does not accept a target.
  package func minimize<L: Loss, Rows: FeatureRows, R: QuadraticRegularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), start: [Double]? = nil
  ) throws(EspalierError) -> Minimization {
    guard loss.isSmooth else { throw EspalierError(.argument, "L-BFGS", "the \(loss.name) loss has kinks") }
    try examples.validate(for: loss)
    let objective = Objective(loss, over: examples, regularizer: regularizer)
    return minimize(
      value: objective.value, gradient: objective.gradient,
      from: start ?? [Double](repeating: 0, count: examples.dimension), hasIntercept: examples.hasIntercept)
  }

  /// Minimises a smooth function that returns its value (infinite where undefined) and its gradient.
  package func minimize(
    value objective: ([Double]) -> Double, gradient: ([Double]) -> [Double], from start: [Double],
    hasIntercept: Bool = false
  ) -> Minimization {
    var state = begin(value: objective, gradient: gradient, from: start)
    while state.end == nil {
      advance(&state, value: objective, gradient: gradient) { state, promise in
        promise == 0 || abs(promise) <= tolerance * (abs(state.value) + abs(state.trace[0]))
          ? "a step promises less than \(tolerance) of the objective" : nil
      }
    }
    return outcome(of: state, hasIntercept: hasIntercept)
  }

  /// The state before the first iteration, for an objective with a quadratic regulariser.
  func begin<F: SmoothObjective>(_ objective: F, from start: [Double], units: LossUnits) -> LBFGSState {
    let scaled = ScaledObjective(objective, units)
    var state = begin(value: scaled.value, gradient: scaled.gradient, from: zip(start, scaled.roots).map(*))
    state.halfway = start
    return state
  }

  /// Takes one iteration; the method ends at a slope far below the tolerance of the certificate, or at rounding.
  ///
  /// Coordinates are divided by the square roots of their curvature (``ScaledObjective``), so that a strong regulariser
  /// of features in small units does not slow down the others.
  func advance<F: SmoothObjective>(_ state: inout LBFGSState, _ objective: F, units: LossUnits) {
    let scaled = ScaledObjective(objective, units)
    advance(&state, value: scaled.value, gradient: scaled.gradient) { state, _ in
      if state.iterations >= state.next {
        state.halfway = scaled.coordinates(state.x)
        state.next *= 2
      }
      let slope = units.slope(ofBlocks: objective.penalty.block, zip(state.gradient, scaled.roots).map(*))
      if slope < 0.5 * state.best.slope { state.best = .init(slope: slope, iteration: state.iterations) }
      if slope <= 1e-2 * Certificate.tolerance { return "the gradient is far below the tolerance" }
      let isStuck = state.best.slope <= Certificate.tolerance && state.iterations - state.best.iteration > 30
      return isStuck ? "the gradient is rounding" : nil
    }
  }

  /// The outcome of the method. With `seeksInfinity`, the displacement over the second half of the iterations is tried
  /// as a direction to infinity (`FlatDirection`).
  func outcome<F: SmoothObjective>(
    of state: LBFGSState, _ objective: F, hasIntercept: Bool, units: LossUnits, seeksInfinity: Bool
  ) -> Minimization {
    var result = outcome(of: state, hasIntercept: hasIntercept).mapping(
      prefix: "", ScaledObjective(objective, units).coordinates)
    guard seeksInfinity else { return result }
    let way = zip(result.solution, state.halfway).map(-)
    if FlatDirection.isFlat(way, of: objective, at: result.solution, value: result.objective, units) {
      result.flatDirection = way
    }
    return result
  }

  private func begin(
    value objective: ([Double]) -> Double, gradient: ([Double]) -> [Double], from start: [Double]
  ) -> LBFGSState {
    let g = gradient(start)
    let value = objective(start)
    return LBFGSState(x: start, gradient: g, value: value, trace: [value])
  }

  /// Takes one iteration. It is the last, and the method has converged, if `reasonToEnd` returns a reason for the
  /// predicted decrease of the step.
  private func advance(
    _ state: inout LBFGSState, value objective: ([Double]) -> Double, gradient: ([Double]) -> [Double],
    reasonToEnd: (inout LBFGSState, Double) -> String?
  ) {
    guard state.iterations < maximumIterations else {
      state.end = .init(status: .stopped, reason: "\(maximumIterations) iterations done")
      return
    }
    let g = state.gradient
    var direction = LBFGSState.Pair.direction(state.pairs, g)
    // Without pairs the scale is unknown: the length is at most 1.
    if state.pairs.isEmpty {
      let length = max(1, norm(g))
      direction = direction.map { $0 / length }
    }
    let promise = inner(g, direction)
    if let reason = reasonToEnd(&state, promise) {
      state.end = .init(status: .converged, reason: reason)
      return
    }
    guard let found = lineSearch(objective, state.x, direction, state.value, promise) else {
      if state.pairs.isEmpty { state.end = .init(status: .stopped, reason: "no step lowers the objective") }
      state.pairs = []
      return
    }
    state.iterations += 1
    let next = gradient(found.x)
    let pair = LBFGSState.Pair(step: zip(found.x, state.x).map(-), change: zip(next, g).map(-))
    if pair.curvature > 0 { state.pairs.append(pair) }
    if state.pairs.count > memory { state.pairs.removeFirst() }
    (state.x, state.value, state.gradient) = (found.x, found.value, next)
    state.trace.append(state.value)
  }

  private func outcome(of state: LBFGSState, hasIntercept: Bool) -> Minimization {
    let iterations = state.iterations
    return Minimization(
      status: state.end?.status ?? .stopped, reason: state.end?.reason ?? "\(iterations) iterations done",
      method: "L-BFGS on all examples, \(iterations) iterations", solution: state.x, hasIntercept: hasIntercept,
      steps: iterations, epochs: iterations, objective: state.value, trace: state.trace)
  }

  private func lineSearch(
    _ objective: ([Double]) -> Double, _ x: [Double], _ direction: [Double], _ value: Double, _ promise: Double
  ) -> (x: [Double], value: Double)? {
    var fraction = 1.0
    while fraction > 1e-20 {
      let trial = zip(x, direction).map { $0 + fraction * $1 }
      let trialValue = objective(trial)
      if trialValue <= value + 1e-4 * fraction * promise { return (trial, trialValue) }
      // Below the rounding of the objective, the full step is accepted.
      if -promise <= 1e-11 * abs(value), fraction == 1, trialValue <= value + 4e-16 * abs(value) {
        return (trial, trialValue)
      }
      // Shorter steps would be decided by rounding.
      guard -promise * fraction > 1e-17 * abs(value) else { return nil }
      fraction *= 0.5
    }
    return nil
  }
}

/// An objective with a quadratic regulariser, in coordinates divided by the square roots of their curvature, which is
/// `1 + strength_j / curvature` times that of the loss.
private struct ScaledObjective<F: SmoothObjective> {
  let roots: [Double]
  private let objective: F

  init(_ objective: F, _ units: LossUnits) {
    self.objective = objective
    roots = (0..<objective.dimension).map {
      (1 + objective.penalty.strength(at: $0) / units.curvature).squareRoot()
    }
  }

  func coordinates(_ y: [Double]) -> [Double] { zip(y, roots).map(/) }

  func value(_ y: [Double]) -> Double { objective.value(coordinates(y)) }

  func gradient(_ y: [Double]) -> [Double] { zip(objective.gradient(coordinates(y)), roots).map(/) }
}
