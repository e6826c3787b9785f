/// A loss l(g, b) of a linear predictor g = <a, x> and a target b, convex unless ``isConvex`` says otherwise.
///
/// The gradient with respect to x is `l'(g, b) a`, so that every step of a method moves along a: `x + xi a`.
package protocol Loss: Sendable {
  /// The name in reports.
  var name: String { get }
  /// The accepted targets, in words that follow "is not".
  var targets: String { get }
  /// Whether a target is accepted.
  func accepts(target: Double) -> Bool
  /// `l(g, b)`, without terms that depend on b alone.
  func value(_ predictor: Double, _ target: Double) -> Double
  /// `l'(g, b)`, the derivative by g; where l has a kink, one of its subgradients.
  func derivative(_ predictor: Double, _ target: Double) -> Double
  /// `l''(g, b)`, the second derivative by g, 0 at a kink; never negative: where l is not convex, its expectation.
  func curvature(_ predictor: Double, _ target: Double) -> Double
  /// `l''(g, b)` itself, negative where l is not convex.
  func secondDerivative(_ predictor: Double, _ target: Double) -> Double
  /// `sum_i weight_i l(g_i, b_i)`; every weight is 1 for `nil`.
  func total(_ predictors: [Double], _ targets: [Double], weights: [Double]?) -> Double
  /// `l'(g_i, b_i)` of each row.
  func derivatives(_ predictors: [Double], _ targets: [Double]) -> [Double]
  /// `l''(g_i, b_i)` of each row, as ``curvature(_:_:)``.
  func curvatures(_ predictors: [Double], _ targets: [Double]) -> [Double]
  /// The infimum of `l(g, b)` over g.
  func minimum(_ target: Double) -> Double
  /// The mean of the target that a predictor stands for: h(g).
  func mean(_ predictor: Double) -> Double
  /// Whether the derivative is continuous.
  var isSmooth: Bool { get }
  /// Whether the loss is linear, but not constant, over a range of predictors, so that curvature does not locate its
  /// minimum.
  var hasLinearParts: Bool { get }
  /// Whether the loss is quadratic in the predictor, so that its second derivative is the same everywhere.
  var isQuadratic: Bool { get }
  /// Whether for some targets the infimum over g is attained only at infinity, as for the likelihood of a certain
  /// outcome.
  var hasMinimaAtInfinity: Bool { get }
  /// Whether the loss is convex in g; if not, an optimum found is a local one.
  var isConvex: Bool { get }
  /// The predictors for which the loss is finite; outside it is infinite, and its derivative leads back.
  var domain: PredictorDomain { get }
  /// The loss as the largest of functions of its slope; `nil` for a loss without linear parts on both sides.
  func slopeRange(_ target: Double) -> SlopeRange?
  /// The scalar proximal step: the xi that solves `xi = -step l'(predictor + xi squaredNorm, target)`.
  ///
  /// `z + xi a` is then the proximal step of `l(<a, x>, b)` from z, where `predictor = <a, z>` and
  /// `squaredNorm = ||a||^2`: the minimiser of `l(<a, y>, b) + ||y - z||^2 / (2 step)`.
  func proximalDisplacement(from predictor: Double, target: Double, step: Double, squaredNorm: Double) -> Double
}

extension Loss {
  /// Any number.
  package var targets: String { "a number" }

  /// Any number.
  package func accepts(target: Double) -> Bool { true }

  /// `curvature`.
  package func secondDerivative(_ predictor: Double, _ target: Double) -> Double { curvature(predictor, target) }

  /// The predictor itself.
  package func mean(_ predictor: Double) -> Double { predictor }

  /// True.
  package var isSmooth: Bool { true }

  /// False.
  package var hasLinearParts: Bool { false }

  /// False.
  package var isQuadratic: Bool { false }

  /// False.
  package var hasMinimaAtInfinity: Bool { false }

  /// True.
  package var isConvex: Bool { true }

  /// All numbers.
  package var domain: PredictorDomain { .everywhere }

  /// `nil`.
  package func slopeRange(_ target: Double) -> SlopeRange? { nil }

  /// By default, safeguarded Newton steps (`ScalarEquation`); losses with a closed form override it.
  package func proximalDisplacement(
    from predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    ScalarEquation.proximalDisplacement(
      of: self, from: predictor, target: target, step: step, squaredNorm: squaredNorm)
  }
}
