/// The negative log likelihood of a distribution by a linear predictor g with any link, `l(g, b) = d(h(g), b)`:
///
///     l' = (m - b) h' / V(m),    l'' = h'^2 / V + (m - b) (h'' / V - h'^2 V' / V^2),    m = h(g)
///
/// (P. McCullagh, J. Nelder, Generalized Linear Models, 1989, section 2.5). Where l is not convex, `curvature` is the
/// first term alone, Fisher's information, which is never negative: Newton's method becomes Fisher scoring, and finds a
/// local minimum. Predictors whose mean is impossible have an infinite loss.
package struct LinkedLoss: Loss {
  /// The distribution of the targets.
  package let distribution: Distribution
  /// The link.
  package let link: Link

  /// The loss of a distribution with a link.
  package init(_ distribution: Distribution, link: Link) {
    (self.distribution, self.link) = (distribution, link)
  }

  /// The name in reports.
  package var name: String { "\(distribution.name) (\(link.rawValue) link)" }

  /// The accepted targets, in words that follow "is not".
  package var targets: String {
    guard distribution.hasOnlyPositiveMeans else { return "a number" }
    return distribution.hasZeros ? "at least 0" : "greater than 0"
  }

  /// Numbers that can occur.
  package func accepts(target: Double) -> Bool {
    !distribution.hasOnlyPositiveMeans || target > 0 || (target == 0 && distribution.hasZeros)
  }

  /// The predictors of possible means.
  package var domain: PredictorDomain {
    switch link {
    case .inverseSquared, .squareRoot: .positive
    case .identity, .inverse: distribution.hasOnlyPositiveMeans || link == .inverse ? .positive : .everywhere
    default: .everywhere
    }
  }

  /// Whether the loss is convex, by cases.
  package var isConvex: Bool {
    switch (distribution, link) {
    case (.gaussian, .identity), (.poisson, .log), (.poisson, .identity), (.poisson, .squareRoot), (.gamma, .log),
      (.gamma, .inverse), (.inverseGaussian, .inverseSquared), (.inverseGaussian, .inverse),
      (.negativeBinomial, .log):
      true
    case (.tweedie(let power), .log): power <= 2
    default: false
    }
  }

  /// True where a target of 0 has the mean 0, at infinity.
  package var hasMinimaAtInfinity: Bool { link == .log && distribution.hasOnlyPositiveMeans && distribution.hasZeros }

  /// `d(h(g), b)`; infinite outside of the domain.
  package func value(_ g: Double, _ b: Double) -> Double {
    domain.contains(g) ? distribution.value(link.mean(g), b) : .infinity
  }

  /// `(m - b) h' / V(m)`.
  package func derivative(_ g: Double, _ b: Double) -> Double {
    guard domain.contains(g) else { return domain.slope(outside: g) }
    let m = link.mean(g)
    return (m - b) * link.derivative(g) / distribution.variance(m)
  }

  /// The second derivative or, where the loss is not convex, Fisher's information.
  package func curvature(_ g: Double, _ b: Double) -> Double {
    guard domain.contains(g) else { return 0 }
    guard !isConvex else { return max(0, secondDerivative(g, b)) }
    let slope = link.derivative(g)
    return slope * slope / distribution.variance(link.mean(g))
  }

  /// `h'^2 / V + (m - b) (h'' / V - h'^2 V' / V^2)`; 0 outside of the domain.
  package func secondDerivative(_ g: Double, _ b: Double) -> Double {
    guard domain.contains(g) else { return 0 }
    let m = link.mean(g)
    let (slope, variance) = (link.derivative(g), distribution.variance(m))
    let information = slope * slope / variance
    let bend = link.secondDerivative(g) / variance
    return information + (m - b) * (bend - information * distribution.varianceSlope(m) / variance)
  }

  /// The infimum over all means.
  package func minimum(_ b: Double) -> Double { distribution.minimum(b) }

  /// `h(g)`.
  package func mean(_ g: Double) -> Double { link.mean(g) }

  /// `V(m)`.
  package func variance(_ m: Double) -> Double { distribution.variance(m) }
}
