import Foundation

/// The standard normal distribution.
package enum Normal {
  /// `P(Z <= z)`.
  package static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

  /// The density at z.
  package static func density(_ z: Double) -> Double { exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() }

  /// `P(|Z| >= |z|)`, precise for small probabilities.
  package static func twoSided(_ z: Double) -> Double { erfc(abs(z) / 2.0.squareRoot()) }

  /// The z with `P(Z <= z) = share`, to rounding: the approximation of M. Abramowitz and I. Stegun (26.2.23), then
  /// Halley's steps.
  package static func quantile(_ share: Double) -> Double {
    guard share > 0 else { return share == 0 ? -.infinity : .nan }
    guard share < 1 else { return share == 1 ? .infinity : .nan }
    guard share <= 0.5 else { return -quantile(1 - share) }
    let t = (-2 * log(share)).squareRoot()
    let above = 2.515517 + t * (0.802853 + t * 0.010328)
    let below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    var z = above / below - t
    for _ in 0..<4 {
      let step = (cumulative(z) - share) / density(z)
      z -= step / (1 + 0.5 * z * step)
    }
    return z
  }
}
