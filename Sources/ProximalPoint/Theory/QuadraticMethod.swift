/// The methods on a quadratic `f(x) = x^T A x / 2 - b^T x`, along one eigenvector of A.
///
/// Along an eigenvector with eigenvalue lambda, the error `e = x - x*` follows the recurrence
/// `e+ = t e - d e_previous`, whose characteristic polynomial is `r^2 - t r + d`; with `s = 1 / (1 + eta lambda)`:
///
///     method                      t                        d
///     gradient descent            1 - eta lambda           0
///     proximal point              s                        0
///     gradient descent, momentum  1 - eta lambda + beta    beta
///     proximal point, momentum    s (1 + beta)             s beta
///     Nesterov                    (1 - eta lambda)(1+beta) (1 - eta lambda) beta
///
/// Step sizes, momenta and eigenvalues may have either sign. J. L. Kim, P. Toulis, A. Kyrillidis (L4DC 2022), section
/// 2.
package enum QuadraticMethod: String, CaseIterable, Sendable, Codable {
  /// `x+ = x - eta grad f(x)`.
  case gradientDescent
  /// `x+ = x - eta grad f(x+)`.
  case proximalPoint
  /// `x+ = x - eta grad f(x) + beta (x - x_previous)`.
  case gradientDescentWithMomentum
  /// `x+ = x - eta grad f(x+) + beta (x - x_previous)`.
  case proximalPointWithMomentum
  /// `x+ = z - eta grad f(z)`, `z = x + beta (x - x_previous)`.
  case nesterov

  /// The coefficients (t, d) of the recurrence `e+ = t e - d e_previous`.
  package func recurrence(step: Double, momentum: Double, eigenvalue: Double) -> (t: Double, d: Double) {
    let scaled = step * eigenvalue
    return switch self {
    case .gradientDescent: (1 - scaled, 0)
    case .proximalPoint: (1 / (1 + scaled), 0)
    case .gradientDescentWithMomentum: (1 - scaled + momentum, momentum)
    case .proximalPointWithMomentum: ((1 + momentum) / (1 + scaled), momentum / (1 + scaled))
    case .nesterov: ((1 - scaled) * (1 + momentum), (1 - scaled) * momentum)
    }
  }

  /// The largest modulus of the recurrence's roots: the asymptotic factor of the errors per step.
  ///
  /// `sqrt(d)` for complex roots (`t^2 <= 4 d`), else `(|t| + sqrt(t^2 - 4 d)) / 2`.
  package func spectralRadius(step: Double, momentum: Double, eigenvalue: Double) -> Double {
    let (t, d) = recurrence(step: step, momentum: momentum, eigenvalue: eigenvalue)
    let discriminant = t * t - 4 * d
    return discriminant <= 0 ? d.squareRoot() : (abs(t) + discriminant.squareRoot()) / 2
  }

  /// Whether the method converges from every start: every eigenvalue meets `converges(step:momentum:eigenvalue:)`.
  package func converges(step: Double, momentum: Double, eigenvalues: [Double]) -> Bool {
    eigenvalues.allSatisfy { converges(step: step, momentum: momentum, eigenvalue: $0) }
  }

  /// Whether errors along an eigenvector vanish, by the method's own condition:
  ///
  ///     GD        0 < eta lambda < 2
  ///     PPA       |1 / (1 + eta lambda)| < 1
  ///     GDM       |beta| < 1 and 0 < eta lambda < 2 + 2 beta
  ///     PPAM      with s = 1 / (1 + eta lambda) and delta = (s (beta + 1))^2 - 4 s beta:
  ///               s beta < 1                             if delta <= 0,
  ///               s (beta + 1) + sqrt(delta) < 2         if delta > 0 and s (beta + 1) >= 0,
  ///               s (beta + 1) - sqrt(delta) > -2        otherwise
  ///     Nesterov  |d| < 1 and |t| < 1 + d
  ///
  /// For PPAM with `delta <= 0` the paper has `eta > (beta - 1) / lambda` instead of `s beta < 1`. The two are
  /// equivalent if `1 + eta lambda` and lambda are positive; if the first is negative, `publishedCondition` errs in
  /// both directions.
  package func converges(step: Double, momentum: Double, eigenvalue: Double) -> Bool {
    let scaled = step * eigenvalue
    switch self {
    case .gradientDescent: return scaled > 0 && scaled < 2
    case .proximalPoint: return abs(1 / (1 + scaled)) < 1
    case .gradientDescentWithMomentum: return abs(momentum) < 1 && scaled > 0 && scaled < 2 + 2 * momentum
    case .proximalPointWithMomentum:
      let (t, d) = recurrence(step: step, momentum: momentum, eigenvalue: eigenvalue)
      let delta = t * t - 4 * d
      if delta <= 0 { return d < 1 }
      return t >= 0 ? t + delta.squareRoot() < 2 : t - delta.squareRoot() > -2
    case .nesterov:
      let (t, d) = recurrence(step: step, momentum: momentum, eigenvalue: eigenvalue)
      return abs(d) < 1 && abs(t) < 1 + d
    }
  }

  /// The paper's condition for PPAM as printed.
  ///
  /// Wrong for `1 + eta lambda < 0`, which the paper's own range of eta (-5 to 5) includes. With lambda = 1, eta = -3:
  /// for beta = -1 the roots are `+-i sqrt(1/2)` and the method converges, but `eta > (beta - 1) / lambda` fails; for
  /// beta = -3 the roots have the modulus `sqrt(3/2)` and the method diverges, but the condition holds.
  package static func publishedCondition(step: Double, momentum: Double, eigenvalue: Double) -> Bool {
    let method = QuadraticMethod.proximalPointWithMomentum
    let (t, d) = method.recurrence(step: step, momentum: momentum, eigenvalue: eigenvalue)
    if t * t - 4 * d <= 0 { return step > (momentum - 1) / eigenvalue }
    return method.converges(step: step, momentum: momentum, eigenvalue: eigenvalue)
  }

  /// The range of `eta lambda` for which the analysis of stochastic Nesterov steps discounts the start:
  /// `((1 - beta) / (1 + beta))^2 ... 1 + 1 / (2 (1 + beta))`; 1/361 ... 24/19 for beta = 0.9.
  ///
  /// For `eta lambda` from the lower end to 1 the roots are complex; at the upper end `t = -1/2`. Sufficient but not
  /// necessary: on quadratics the method converges for all `0 < eta lambda < (2 + 2 beta) / (1 + 2 beta)` (1.357 for
  /// beta = 0.9). M. Assran, M. Rabbat (ICML 2020), with whom the paper compares.
  package static func nesterovInterval(momentum: Double) -> ClosedRange<Double> {
    let root = (1 - momentum) / (1 + momentum)
    return root * root...1 + 1 / (2 * (1 + momentum))
  }
}
