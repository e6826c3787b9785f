import EspalierFiles
import EspalierLinearAlgebra

/// Newton's method on all examples, with line search: the reference for optima, and the polish of stochastic solutions.
///
/// With the gradient g and the Hessian `H = (1/n) sum_i w_i l'' a_i a_i^T` of the average loss at x, the step d
/// minimises `g^T d + d^T H d / 2 + R(x + d)`: by Cholesky if R is quadratic, otherwise by coordinate descent (a
/// proximal Newton method; J. Lee, Y. Sun, M. Saunders, SIAM Journal on Optimization 2014). It is halved until the
/// objective decreases by at least 1e-4 of the predicted decrease (Armijo). If this leaves only a tiny step, the
/// diagonal of H is raised for the next steps and lowered again as they succeed (K. Levenberg, 1944): H may be singular
/// where the loss has linear parts. Converged once the predicted decrease is at most `tolerance` of the objective's
/// magnitude, at the start or now; that last step is still taken, which squares the remaining error.
///
/// Complexity of an iteration: O(n p^2 + p^3).
package struct Newton: Sendable {
  /// The predicted decrease of a step at which the method ends.
  package var tolerance: Double
  /// The maximum number of steps.
  package var maximumIterations: Int

  /// The method with these limits.
  package init(tolerance: Double = 1e-12, maximumIterations: Int = 100) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// Minimises the average loss and a regulariser from `start` (0 if `nil`).
  ///
  /// - Throws: `EspalierError` if the loss has kinks or does not accept a target.
  package func minimize<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), start: [Double]? = nil
  ) throws(EspalierError) -> Minimization {
    guard loss.isSmooth else {
      throw EspalierError(.argument, "Newton's method", "the \(loss.name) loss has no second derivative")
    }
    try examples.validate(for: loss)
    return minimize(
      Objective(loss, over: examples, regularizer: regularizer), start: start, hasIntercept: examples.hasIntercept)
  }

  /// Minimises an objective from `start` (0 if `nil`); `hasIntercept` is passed on to the result.
  ///
  /// With `units`, the predicted decrease is compared with the deviance, and the slope must also be far below the
  /// certificate's tolerance. With `seeksInfinity`, the last step is tested as a direction to an optimum at infinity
  /// (`FlatDirection`) and returned as `Minimization.flatDirection` if it is one.
  package func minimize<F: SmoothObjective>(
    _ objective: F, start: [Double]?, hasIntercept: Bool, units: LossUnits? = nil, seeksInfinity: Bool = false
  ) -> Minimization {
    var state = begin(objective, start: start)
    while state.end == nil { advance(&state, objective, units: units, seeksInfinity: seeksInfinity) }
    return outcome(of: state, hasIntercept: hasIntercept)
  }

  /// The state before the first iteration.
  func begin<F: SmoothObjective>(_ objective: F, start: [Double]?) -> NewtonState {
    var x = start ?? [Double](repeating: 0, count: objective.dimension)
    objective.project(&x)
    let value = objective.value(x)
    return NewtonState(x: x, value: value, trace: [value])
  }

  /// Takes one iteration.
  func advance<F: SmoothObjective>(
    _ state: inout NewtonState, _ objective: F, units: LossUnits?, seeksInfinity: Bool
  ) {
    advance(&state, objective, units: units, seeksInfinity: seeksInfinity) { state, gradient in
      var hessian = objective.lossHessian(state.x)
      objective.fillFlatDirections(of: &hessian)
      return QuadraticModel(gradient: gradient, hessian: hessian, penalty: objective.penalty)
        .step(from: state.x, raise: state.raise)
    }
  }

  /// Takes one iteration, with a step of one's own to the minimum of the model; the step is not a number if the model
  /// is not finite.
  func advance<F: SmoothObjective>(
    _ state: inout NewtonState, _ objective: F, units: LossUnits?, seeksInfinity: Bool,
    step: (_ state: NewtonState, _ gradient: [Double]) -> [Double]
  ) {
    func end(_ status: Minimization.Status, _ reason: String) {
      state.end = EpochState.End(status: status, reason: reason)
    }
    guard state.iterations < maximumIterations else {
      return end(.stopped, "\(maximumIterations) iterations done")
    }
    let x = state.x
    let gradient = objective.lossGradient(x)
    let direction = step(state, gradient)
    let promise = abs(objective.penalty.promise(of: direction, from: x, gradient: gradient))
    state.promise = promise
    guard promise.isFinite, state.value.isFinite else { return end(.stopped, "the model at the start is not finite") }
    let magnitude = units?.deviance ?? (abs(state.value) + abs(state.trace[0]))
    let isShort = promise <= tolerance * magnitude
    let slope = units?.slope(of: objective.penalty, at: x, gradient: gradient) ?? 0
    if slope < 0.5 * state.best.slope { state.best = .init(slope: slope, iteration: state.iterations) }
    if seeksInfinity, isShort, FlatDirection.isFlat(direction, of: objective, at: x, value: state.value, units) {
      state.flatDirection = direction
      return end(.stopped, "the objective falls without end")
    }
    let found = lineSearch(objective, x, direction, state.value, promise)
    state.iterations += 1
    if let found { (state.x, state.value) = (found.x, found.value) }
    let needsRaise = (found?.fraction ?? 0) < 1e-3 && !isShort && state.raise < 1e3
    state.raise = needsRaise ? max(1e-10, 100 * state.raise) : state.raise > 1e-12 ? 0.1 * state.raise : 0
    state.trace.append(state.value)
    if isShort, slope <= 1e-2 * Certificate.tolerance {
      return end(.converged, "a Newton step promises less than \(tolerance) of the objective")
    }
    if needsRaise { return }
    if found == nil || (isShort && state.iterations - state.best.iteration > 4) {
      end(.stopped, "no step along Newton's direction lowers the objective")
    }
  }

  /// The outcome of the method.
  func outcome(
    of state: NewtonState, hasIntercept: Bool, method: String = "Newton's method on all examples"
  ) -> Minimization {
    let iterations = state.iterations
    var result = Minimization(
      status: state.end?.status ?? .stopped, reason: state.end?.reason ?? "\(iterations) iterations done",
      method: "\(method), \(iterations) iterations", solution: state.x,
      hasIntercept: hasIntercept, steps: iterations, epochs: iterations, objective: state.value, trace: state.trace)
    result.promise = state.promise
    result.flatDirection = state.flatDirection.isEmpty ? nil : state.flatDirection
    return result
  }

  private func lineSearch<F: SmoothObjective>(
    _ objective: F, _ x: [Double], _ direction: [Double], _ value: Double, _ promise: Double
  ) -> (x: [Double], value: Double, fraction: Double)? {
    var fraction = 1.0
    while fraction > 1e-15 {
      let trial = zip(x, direction).map { $0 + fraction * $1 }
      let trialValue = objective.value(trial)
      // Predicted decreases below rounding are accepted if the objective does not visibly increase.
      if trialValue <= value - 1e-4 * fraction * promise + 1e-15 * abs(value) { return (trial, trialValue, fraction) }
      fraction *= 0.5
    }
    return nil
  }
}
