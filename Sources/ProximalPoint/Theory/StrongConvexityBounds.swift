/// The paper's bounds for SPPAM on strongly convex functions, each with the result of checking its algebra.
///
/// f is mu-strongly convex, the gradient's noise has variance sigma^2; `q = 1 + eta mu`, and
///
///     a = 4 / q^2,    b = B / q^2,    B = 4 beta^2 / (4 - (1 + beta)^2),    |beta| < 1.
///
/// J. L. Kim, P. Toulis, A. Kyrillidis (L4DC 2022), Theorem 5 to Theorem 10.
package struct StrongConvexityBounds: Hashable, Sendable {
  /// `eta mu`, positive.
  package let scaledConvexity: Double
  /// beta, at least 0 and less than 1.
  package let momentum: Double

  /// The bounds for `eta mu` and beta.
  package init(scaledConvexity: Double, momentum: Double) {
    precondition(scaledConvexity > 0 && momentum >= 0 && momentum < 1)
    self.scaledConvexity = scaledConvexity
    self.momentum = momentum
  }

  private var q: Double { 1 + scaledConvexity }

  /// B: `4 beta^2 / (4 - (1 + beta)^2)`.
  package var momentumShare: Double {
    4 * momentum * momentum / (4 - (1 + momentum) * (1 + momentum))
  }

  /// (a, b) of the one-step bound
  /// `E ||x_(t+1) - x*||^2 <= a E ||x_t - x*||^2 + b E ||x_(t-1) - x*||^2 + eta^2 sigma^2`.
  ///
  /// Valid: the proximal step contracts by 1/q, and `||(1+beta) e - beta e'||^2 <= 4 ||e||^2 + B ||e'||^2` is Young's
  /// inequality. Loose: for `eta mu <= 1`, a >= 1 and the bound is vacuous, although the method contracts for every
  /// `eta mu > 0`.
  package var oneStep: (a: Double, b: Double) {
    (4 / (q * q), momentumShare / (q * q))
  }

  /// The contraction factor of the bound, the larger root of `r^2 = a r + b`:
  /// `2/q^2 + sqrt(4/q^4 + B/q^2)`. The bound contracts if it is below 1, that is, if `a + b < 1`.
  package var contractionFactor: Double {
    2 / (q * q) + discount
  }

  /// The factor of SPPA with which the paper compares: `1 / (1 + 2 eta mu)`.
  ///
  /// Also loose: see ``tightPlainContractionFactor``.
  package var plainContractionFactor: Double {
    1 / (1 + 2 * scaledConvexity)
  }

  /// Whether the factor with momentum is better than SPPA's (Corollary 7, corrected):
  /// `B < (x^2 - 6 x - 3) / (1 + 2 x)^2`, `x = eta mu`.
  ///
  /// Squaring `sqrt(4/q^4 + B/q^2) < 1/(1+2x) - 2/q^2` gives this denominator. See `publishedComparison`.
  package var isBetterThanPlain: Bool {
    momentumShare < comparison / ((1 + 2 * scaledConvexity) * (1 + 2 * scaledConvexity))
  }

  /// Corollary 7 as printed, with the denominator `(1 + x)^2`: too weak.
  ///
  /// Counterexample: `eta mu = 7`, `beta = 0.16`. B = 0.039 is below 4/64, but the factor with momentum is 0.071,
  /// SPPA's 1/15 = 0.067.
  package var publishedComparison: Bool {
    momentumShare < comparison / (q * q)
  }

  /// The momentum below which, for a large enough `eta mu`, the factor with momentum is better than SPPA's as the paper
  /// has it: `(sqrt(208) - 2) / 34 = 0.365`.
  ///
  /// The right hand side of ``isBetterThanPlain`` grows with x (its derivative has the sign of `14 x + 6`), to 1/4; `B
  /// < 1/4` is `17 beta^2 + 2 beta - 3 < 0`.
  package static let largestUsefulMomentum = (208.squareRoot() - 2) / 34

  /// `eta mu` above which that happens for small enough a momentum: `3 + sqrt(12) = 6.46`, the root of
  /// `x^2 - 6 x - 3`.
  package static let smallestUsefulConvexity = 3 + 12.squareRoot()

  /// The factor of SPPA that the proximal step gives: `1 / (1 + eta mu)^2`.
  ///
  /// ``contractionFactor`` is never below it: it is at least `2/q^2 + sqrt(4/q^4) = 4/q^2`, four times as large.
  package var tightPlainContractionFactor: Double { 1 / (q * q) }

  private var comparison: Double {
    scaledConvexity * scaledConvexity - 6 * scaledConvexity - 3
  }

  /// tau of Theorem 10: `sqrt(4/q^4 + B/q^2)`.
  package var discount: Double {
    (4 / (q * q * q * q) + momentumShare / (q * q)).squareRoot()
  }

  /// Theorem 10's condition that initial conditions are discounted exponentially: `tau < 1/2`; for beta = 0.9,
  /// `eta mu > 4.81`.
  ///
  /// Sufficient: tau < 1/2 implies 2/q^2 < 1/2, hence a factor below 1. Not necessary even for the bound: with beta =
  /// 0.9 the factor is below 1 from `eta mu = 2.51` on; and not for the method, which on quadratics converges for every
  /// `eta mu > 0`.
  package var discountsInitialConditions: Bool {
    discount < 0.5
  }
}
