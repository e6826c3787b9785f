extension InexactProximalStep {
  /// A function's value and gradient at a point.
  package typealias Function = ([Double]) -> (value: Double, gradient: [Double])

  /// The result of a step.
  package struct Result: Sendable {
    /// y, the end of the inner steps.
    package let point: [Double]
    /// Whether the stopping rule was met.
    package let isWithinTolerance: Bool
    /// The number of evaluations of the function.
    package let evaluations: Int
  }

  /// The proximal step of `function` from `z` with step size `step`.
  package func callAsFunction(_ function: @escaping Function, from z: [Double], step: Double) -> Result {
    var objective = FunctionObjective(function, z, step)
    let outcome = minimize(&objective, step: step)
    return Result(
      point: objective.point, isWithinTolerance: outcome.isWithinTolerance, evaluations: outcome.evaluations)
  }
}

extension SPPAM {
  /// One step on any function: the inexact proximal step from the extrapolated point `z = x + beta (x - x_previous)`.
  ///
  /// Pure; for a stochastic step, pass the function of a mini-batch. `damping` is ignored.
  package func step(
    _ state: Iterate, on function: @escaping InexactProximalStep.Function,
    inner: InexactProximalStep = InexactProximalStep()
  ) -> Iterate {
    let z = zip(state.current, state.previous).map { $0 + momentum * ($0 - $1) }
    var next = Iterate(at: inner(function, from: z, step: step).point)
    next.previous = state.current
    next.steps = state.steps + 1
    return next
  }
}

/// F of a function of arrays.
private struct FunctionObjective: ProximalObjective {
  private let function: InexactProximalStep.Function
  private let z: [Double]
  private let step: Double
  private(set) var point: [Double]
  private var gradient: [Double]
  private var trial: (point: [Double], gradient: [Double])

  init(_ function: @escaping InexactProximalStep.Function, _ z: [Double], _ step: Double) {
    self.function = function
    (self.z, self.step) = (z, step)
    (point, gradient) = (z, z)
    trial = (z, z)
  }

  mutating func evaluate() -> Double {
    let (value, slope) = function(trial.point)
    let away = zip(trial.point, z).map(-)
    trial.gradient = zip(slope, away).map { $0 + $1 / step }
    return value + inner(away, away) / (2 * step)
  }

  var squaredGradient: Double { inner(gradient, gradient) }

  var squaredDistance: Double {
    let away = zip(point, z).map(-)
    return inner(away, away)
  }

  mutating func accept() -> (squaredLength: Double, curvature: Double) {
    let moved = zip(trial.point, point).map(-)
    let changed = zip(trial.gradient, gradient).map(-)
    (point, gradient) = trial
    return (inner(moved, moved), inner(moved, changed))
  }

  mutating func descend(by length: Double) { trial.point = zip(point, gradient).map { $0 - length * $1 } }

  mutating func settle() { trial = (point, gradient) }
}
