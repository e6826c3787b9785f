/// Newton's method without a matrix, for many coefficients and a quadratic regulariser: each step comes from conjugate
/// gradients on products with the Hessian (S. Nash, SIAM Journal on Numerical Analysis 1984; J. Nocedal, S. Wright,
/// Numerical Optimization, section 7.1).
///
/// With g the gradient of the objective and H its Hessian, regulariser included, conjugate gradients run on `H d = -g`
/// until the residual is at most `min(1/2, sqrt(|g| / |g_0|))` of g, and 1e-4 of it near the end, in coordinates scaled
/// by the average curvature and the regulariser's. The step is halved until the objective decreases by 1e-4 of the
/// prediction (Armijo). `-g^T d / 2` estimates how far the objective is above its minimum: the promise of the
/// certificate, which the gradient alone does not give where features are nearly collinear.
///
/// Complexity of an iteration: some products of O(nnz).
struct TruncatedNewton {
  /// The maximum number of iterations.
  var maximumIterations = 100
  /// The maximum number of products of an iteration.
  var maximumProducts = 3000

  /// The state before the first iteration.
  func begin<F: SmoothObjective>(_ objective: F, from start: [Double]) -> NewtonState {
    Newton().begin(objective, start: start)
  }

  /// Takes one iteration; false if the objective has no products with its Hessian. With `seeksInfinity`, the last step
  /// is tested as a direction to infinity (`FlatDirection`).
  func advance<F: SmoothObjective>(
    _ state: inout NewtonState, _ objective: F, units: LossUnits, seeksInfinity: Bool
  ) -> Bool {
    func end(_ status: Minimization.Status, _ reason: String) {
      state.end = EpochState.End(status: status, reason: reason)
    }
    guard state.iterations < maximumIterations else {
      end(.stopped, "\(maximumIterations) iterations done")
      return true
    }
    let gradient = objective.gradient(state.x)
    guard let product = objective.hessianProduct(state.x) else { return false }
    let slope = units.slope(ofBlocks: objective.penalty.block, gradient)
    if slope < 0.5 * state.best.slope { state.best = .init(slope: slope, iteration: state.iterations) }
    let strengths = gradient.indices.map { objective.penalty.strength(at: $0) }
    let preconditioner = strengths.map { 1 / (units.curvature + $0) }
    let isNear = slope <= 1e-3
    let (direction, missed) = conjugateGradients(
      gradient, preconditioner, tolerance: isNear ? 1e-4 : min(0.5, slope.squareRoot()),
      product: { d in zip(product(d), zip(strengths, d)).map { $0 + $1.0 * $1.1 } })
    let decrease = -inner(gradient, direction)
    state.promise = 0.5 * decrease + missed
    guard decrease.isFinite, state.value.isFinite else {
      end(.stopped, "the model at the start is not finite")
      return true
    }
    let isShort = decrease <= 1e-12 * units.deviance
    if seeksInfinity, isShort, FlatDirection.isFlat(direction, of: objective, at: state.x, value: state.value, units) {
      state.flatDirection = direction
      end(.stopped, "the objective falls without end")
      return true
    }
    if isShort, slope <= 1e-2 * Certificate.tolerance {
      end(.converged, "a Newton step promises less than 1e-12 of the objective")
      return true
    }
    guard let found = lineSearch(objective, state.x, direction, state.value, decrease),
      !isShort || state.iterations - state.best.iteration < 3
    else {
      end(.stopped, "no step along Newton's direction lowers the objective")
      return true
    }
    state.iterations += 1
    (state.x, state.value) = found
    state.trace.append(state.value)
    return true
  }

  /// The outcome of the method.
  func outcome(of state: NewtonState, hasIntercept: Bool) -> Minimization {
    var result = Minimization(
      status: state.end?.status ?? .stopped, reason: state.end?.reason ?? "\(state.iterations) iterations done",
      method: "Newton's method by conjugate gradients, \(state.iterations) iterations", solution: state.x,
      hasIntercept: hasIntercept, steps: state.iterations, epochs: state.iterations, objective: state.value,
      trace: state.trace)
    result.promise = state.promise
    result.flatDirection = state.flatDirection.isEmpty ? nil : state.flatDirection
    return result
  }

  /// The direction d with `H d = -g` up to the tolerance, or to where a direction of no curvature is met, and the
  /// decrease that d misses: along that direction at the smallest curvature above rounding, unknown (infinite) if the
  /// products run out before.
  private func conjugateGradients(
    _ gradient: [Double], _ preconditioner: [Double], tolerance: Double, product: ([Double]) -> [Double]
  ) -> (direction: [Double], missed: Double) {
    var d = [Double](repeating: 0, count: gradient.count)
    var residual = gradient.map { -$0 }
    var z = zip(residual, preconditioner).map(*)
    var p = z
    var size = inner(residual, z)
    let goal = tolerance * tolerance * size
    var products = 0
    var missed = 0.0
    while size > goal {
      guard products < maximumProducts else {
        missed = .infinity
        break
      }
      let image = product(p)
      products += 1
      let (curvature, least) = (inner(p, image), 1e-14 * inner(p, zip(p, preconditioner).map(/)))
      guard curvature > least else {
        missed = 0.5 * size * size / least
        break
      }
      let length = size / curvature
      for j in d.indices {
        d[j] += length * p[j]
        residual[j] -= length * image[j]
      }
      z = zip(residual, preconditioner).map(*)
      let next = inner(residual, z)
      let share = next / size
      for j in p.indices { p[j] = z[j] + share * p[j] }
      size = next
    }
    return (d.allSatisfy { $0 == 0 } ? z : d, missed)
  }

  private func lineSearch<F: SmoothObjective>(
    _ objective: F, _ x: [Double], _ direction: [Double], _ value: Double, _ decrease: Double
  ) -> (x: [Double], value: Double)? {
    var fraction = 1.0
    while fraction > 1e-12 {
      let trial = zip(x, direction).map { $0 + fraction * $1 }
      let trialValue = objective.value(trial)
      // Decreases below rounding are accepted if the objective does not visibly increase.
      if trialValue <= value - 1e-4 * fraction * decrease + 1e-15 * abs(value) { return (trial, trialValue) }
      fraction *= 0.5
    }
    return nil
  }
}
