import Foundation

/// The link between the mean m of a target and the linear predictor g: `g = link(m)`, `m = h(g)` with the inverse h (P.
/// McCullagh, J. Nelder, Generalized Linear Models, 1989, section 2.2).
package enum Link: String, CaseIterable, Codable, Sendable {
  /// `g = m`.
  case identity
  /// `g = log m`.
  case log
  /// `g = 1 / m`.
  case inverse
  /// `g = 1 / m^2`.
  case inverseSquared = "inverse-squared"
  /// `g = sqrt m`.
  case squareRoot = "sqrt"
  /// `g = log(m / (1 - m))`.
  case logit
  /// `g = Phi^-1(m)`, the quantile of the standard normal distribution.
  case probit
  /// `g = log(-log(1 - m))`.
  case complementaryLogLog = "cloglog"
  /// `g = tan(pi (m - 1/2))`, the quantile of Cauchy's distribution.
  case cauchit
  /// A predictor for each class, of which `softmax` makes the shares.
  case softmax

  /// The mean h(g).
  package func mean(_ g: Double) -> Double {
    switch self {
    case .identity, .softmax: g
    case .log: exp(g)
    case .inverse: 1 / g
    case .inverseSquared: 1 / g.squareRoot()
    case .squareRoot: g * g
    case .logit: g >= 0 ? 1 / (1 + exp(-g)) : exp(g) / (1 + exp(g))
    case .probit: NormalTail.probability(below: g)
    case .complementaryLogLog: -expm1(-exp(g))
    // Precise for small means too, where atan(g) / pi cancels 1/2.
    case .cauchit: g < 0 ? atan(-1 / g) / .pi : g == 0 ? 0.5 : 1 - atan(1 / g) / .pi
    }
  }

  /// The derivative h'(g).
  package func derivative(_ g: Double) -> Double {
    switch self {
    case .identity, .softmax: 1
    case .log: exp(g)
    case .inverse: -1 / (g * g)
    case .inverseSquared: -0.5 / (g * g.squareRoot())
    case .squareRoot: 2 * g
    case .logit: mean(g) * mean(-g)
    case .probit: exp(NormalTail.logDensity(g))
    case .complementaryLogLog: exp(g - exp(g))
    case .cauchit: 1 / (.pi * (1 + g * g))
    }
  }

  /// The second derivative h''(g).
  package func secondDerivative(_ g: Double) -> Double {
    switch self {
    case .identity, .softmax: 0
    case .log: exp(g)
    case .inverse: 2 / (g * g * g)
    case .inverseSquared: 0.75 / (g * g * g.squareRoot())
    case .squareRoot: 2
    case .logit: mean(g) * mean(-g) * (mean(-g) - mean(g))
    case .probit: -g * exp(NormalTail.logDensity(g))
    case .complementaryLogLog: (1 - exp(g)) * exp(g - exp(g))
    case .cauchit: -2 * g / (.pi * (1 + g * g) * (1 + g * g))
    }
  }
}
