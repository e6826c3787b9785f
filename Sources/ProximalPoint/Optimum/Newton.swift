import Files
import LinearAlgebra

/// Newton's method on all examples, with line search: the reference for optima, and for polishing what stochastic steps found.
///
/// With the gradient g and the Hessian `H = (1/n) sum_i w_i l'' a_i a_i^T` of the average loss at x, the step d minimises
/// `g^T d + d^T H d / 2 + R(x + d)`: by Cholesky where R is quadratic, by coordinate descent else (a proximal Newton method; J. Lee,
/// Y. Sun, M. Saunders, SIAM Journal on Optimization 2014). It is halved until the objective falls by 1e-4 of what the model
/// promises at least (Armijo). Converged once the promise is at most `tolerance` of the objective's magnitude, at the start
/// or now; the step that promised it is still taken, so that the error left is about its square.
///
/// Complexity of an iteration: O(n p^2 + p^3).
public struct Newton: Sendable {
  /// Which promise of a step ends the method.
  public var tolerance: Double
  /// How many steps are taken at most.
  public var maximumIterations: Int

  /// The method with these limits.
  public init(tolerance: Double = 1e-12, maximumIterations: Int = 100) {
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  /// Minimises the average loss and a regulariser from `start` (0 if `nil`).
  ///
  /// Errors: a `DataError` if the loss has kinks, or a target is none that it accepts.
  public func minimize<L: Loss, Rows: FeatureRows, R: Regularizer>(
    _ loss: L, over examples: Examples<Rows>, regularizer: R = NoRegularizer(), start: [Double]? = nil
  ) throws(DataError) -> Minimization {
    guard loss.isSmooth else { throw DataError("Newton's method", "the \(loss.name) loss has no second derivative") }
    try examples.validate(for: loss)
    return minimize(
      Objective(loss, over: examples, regularizer: regularizer), start: start, hasIntercept: examples.hasIntercept)
  }

  /// Minimises an objective from `start` (0 if `nil`); what `hasIntercept` says goes to the result.
  func minimize<F: SmoothObjective>(_ objective: F, start: [Double]?, hasIntercept: Bool) -> Minimization {
    let regularizer = objective.regularizer
    var x = start ?? [Double](repeating: 0, count: objective.dimension)
    objective.project(&x)
    var value = objective.value(x)
    var trace = [value]
    var status = Minimization.Status.stopped
    var reason = "\(maximumIterations) iterations done"
    var iterations = 0
    while iterations < maximumIterations {
      let model = QuadraticModel(
        gradient: objective.lossGradient(x), hessian: objective.lossHessian(x), regularized: objective.regularized)
      let direction = model.step(from: x, regularizer)
      let promise = model.promise(of: direction, from: x, regularizer)
      guard promise.isFinite, value.isFinite else {
        reason = "the model at the start is not finite"
        break
      }
      let found = lineSearch(objective, x, direction, value, promise)
      iterations += 1
      if let found { (x, value) = found }
      trace.append(value)
      if abs(promise) <= tolerance * (abs(value) + abs(trace[0])) {
        (status, reason) = (.converged, "a Newton step promises less than \(tolerance) of the objective")
        break
      }
      guard found != nil else {
        reason = "no step along Newton's direction lowers the objective"
        break
      }
    }
    return Minimization(
      status: status, reason: reason, method: "Newton's method on all examples, \(iterations) iterations", solution: x,
      hasIntercept: hasIntercept, steps: iterations, epochs: iterations, objective: value, trace: trace)
  }

  private func lineSearch<F: SmoothObjective>(
    _ objective: F, _ x: [Double], _ direction: [Double], _ value: Double, _ promise: Double
  ) -> (x: [Double], value: Double)? {
    var fraction = 1.0
    while fraction > 1e-15 {
      let trial = zip(x, direction).map { $0 + fraction * $1 }
      let trialValue = objective.value(trial)
      // Promises below rounding are kept if the objective does not visibly rise.
      if trialValue <= value + 1e-4 * fraction * promise + 1e-15 * abs(value) { return (trial, trialValue) }
      fraction *= 0.5
    }
    return nil
  }
}
