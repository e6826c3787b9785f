/// The proximal step of any function that gives its value and gradient, by gradient steps of its own: the door for networks.
///
/// Minimises `F(y) = f(y) + ||y - z||^2 / (2 step)` from `y = z` by at most `iterations` gradient steps. F is 1/step-strongly convex if f is
/// convex. An inner step begins as long as `step` (the step that would solve `f = 0`), later as long as Barzilai and Borwein's, and
/// is halved until F falls by 1e-4 of what its slope promises (Armijo). Ends early where `||grad F(y)||` is at most
/// `tolerance ||y - z|| / step`: the relative error criterion of inexact proximal points (M. Solodov, B. Svaiter, 1999),
/// under which exact convergence is kept for any tolerance below 1.
public struct InexactProximalStep: Sendable {
  /// How many inner gradient steps are made at most: K.
  public var iterations: Int
  /// How large the inner gradient may still be, as a share of `||y - z|| / step`.
  public var tolerance: Double

  /// Inner steps with these limits.
  public init(iterations: Int = 10, tolerance: Double = 0.5) {
    precondition(iterations > 0 && tolerance > 0)
    self.iterations = iterations
    self.tolerance = tolerance
  }

  /// A function's value and gradient at a point.
  public typealias Function = ([Double]) -> (value: Double, gradient: [Double])

  /// What a step came to.
  public struct Result: Sendable {
    /// y, the end of the inner steps.
    public let point: [Double]
    /// Whether the stopping rule was met.
    public let isWithinTolerance: Bool
    /// How often the function was evaluated.
    public let evaluations: Int
  }

  /// The proximal step of `function` from `z` with step size `step`.
  public func callAsFunction(_ function: Function, from z: [Double], step: Double) -> Result {
    var y = z
    var evaluations = 0
    func evaluate(_ y: [Double]) -> (value: Double, gradient: [Double]) {
      evaluations += 1
      let (value, gradient) = function(y)
      let distance = zip(y, z).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return (value + distance / (2 * step), y.indices.map { gradient[$0] + (y[$0] - z[$0]) / step })
    }
    func isMet(_ gradient: [Double]) -> Bool {
      norm(gradient) <= tolerance * norm(zip(y, z).map(-)) / step
    }
    var here = evaluate(y)
    var length = step
    for _ in 0..<iterations {
      if isMet(here.gradient) { return Result(point: y, isWithinTolerance: true, evaluations: evaluations) }
      let slope = inner(here.gradient, here.gradient)
      var next: (point: [Double], at: (value: Double, gradient: [Double]))?
      for _ in 0..<60 where next == nil {
        let trial = zip(y, here.gradient).map { $0 - length * $1 }
        let there = evaluate(trial)
        if there.value <= here.value - 1e-4 * length * slope { next = (trial, there) } else { length *= 0.5 }
      }
      guard let next else { break }
      let moved = zip(next.point, y).map(-)
      let changed = zip(next.at.gradient, here.gradient).map(-)
      let curvature = inner(moved, changed)
      // No longer than `step`: F curves by 1/step at least where f is convex.
      length = curvature > 0 ? min(inner(moved, moved) / curvature, step) : step
      (y, here) = (next.point, next.at)
    }
    return Result(point: y, isWithinTolerance: isMet(here.gradient), evaluations: evaluations)
  }
}

extension SPPAM {
  /// One step on any function: the inexact proximal step from the extrapolated point `z = x + beta (x - x_previous)`.
  ///
  /// Pure; give it the function of a mini-batch for a stochastic step. `damping` plays no part.
  public func step(
    _ state: Iterate, on function: InexactProximalStep.Function, inner: InexactProximalStep = InexactProximalStep()
  ) -> Iterate {
    let z = zip(state.current, state.previous).map { $0 + momentum * ($0 - $1) }
    var next = Iterate(at: inner(function, from: z, step: step).point)
    next.previous = state.current
    next.steps = state.steps + 1
    return next
  }
}
