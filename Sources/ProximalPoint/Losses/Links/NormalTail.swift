import Foundation

/// The standard normal distribution far from 0, where its probabilities are too small for a `Double`, but not their
/// logarithms and ratios.
enum NormalTail {
  /// `log phi(z)`, the logarithm of the density.
  static func logDensity(_ z: Double) -> Double { -0.5 * (z * z + Foundation.log(2 * .pi)) }

  /// `Phi(z)`.
  static func probability(below z: Double) -> Double { 0.5 * erfc(-z * 0.5.squareRoot()) }

  /// `log Phi(z)`.
  static func logProbability(below z: Double) -> Double {
    if z > 0 { return log1p(-probability(below: -z)) }
    return z > -8 ? Foundation.log(probability(below: z)) : logDensity(z) - Foundation.log(inverseMillsRatio(-z))
  }

  /// `phi(z) / Phi(z)`, the derivative of `log Phi`: for z below -8 from the continued fraction of Laplace,
  /// `1 / (1 - Phi(x)) phi(x) = x + 1 / (x + 2 / (x + 3 / (x + ...)))`, x = -z.
  static func hazard(_ z: Double) -> Double {
    z > -8 ? exp(logDensity(z)) / probability(below: z) : inverseMillsRatio(-z)
  }

  private static func inverseMillsRatio(_ x: Double) -> Double {
    // 30 terms are exact from 8 on.
    (1...30).reversed().reduce(x) { x + Double($1) / $0 }
  }
}
