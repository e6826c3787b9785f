import Foundation

/// Student's t distribution.
package struct StudentT: Sendable {
  /// The degrees of freedom, positive.
  package let degrees: Double

  /// The distribution of these degrees of freedom.
  package init(degrees: Double) {
    precondition(degrees > 0, "degrees of freedom are positive")
    self.degrees = degrees
  }

  /// `P(|T| >= |t|) = I_x(degrees / 2, 1 / 2)`, `x = degrees / (degrees + t^2)`, precise for small probabilities.
  package func twoSided(_ t: Double) -> Double {
    guard t.isFinite else { return t.isNaN ? .nan : 0 }
    let square = t * t
    return IncompleteBeta(0.5 * degrees, 0.5).value(
      degrees / (degrees + square), complement: square / (degrees + square))
  }

  /// The t with `P(|T| >= t) = share`, by bisection.
  ///
  /// Complexity: about 60 probabilities.
  package func twoSidedQuantile(_ share: Double) -> Double {
    guard share > 0 else { return .infinity }
    guard share < 1 else { return 0 }
    var (low, high) = (0.0, 1.0)
    while twoSided(high) > share, high < 1e300 { (low, high) = (high, 2 * high) }
    while true {
      let middle = 0.5 * (low + high)
      guard middle > low, middle < high else { return middle }
      if twoSided(middle) > share { low = middle } else { high = middle }
    }
  }
}

/// The regularised incomplete beta function I_x(a, b), by Lentz's method on its continued fraction (NIST Digital
/// Library of Mathematical Functions, 8.17.22), on the side where that converges fast.
struct IncompleteBeta {
  private let a: Double
  private let b: Double

  /// The function of positive parameters.
  init(_ a: Double, _ b: Double) { (self.a, self.b) = (a, b) }

  /// `I_x(a, b)`, x and `complement = 1 - x` between 0 and 1.
  func value(_ x: Double, complement y: Double) -> Double {
    guard x > 0 else { return 0 }
    guard y > 0 else { return 1 }
    let (logX, logY) = x > 0.5 ? (log1p(-y), log(y)) : (log(x), log1p(-x))
    let front = exp(Self.logGammaRatio(a, b) - logGamma(b) + a * logX + b * logY)
    return x < (a + 1) / (a + b + 2)
      ? front * Self.fraction(a, b, x) / a : 1 - front * Self.fraction(b, a, y) / b
  }

  /// `log(Gamma(a + b) / Gamma(a))`; for half a step from a large a by its asymptotic series, where the logarithms
  /// cancel.
  private static func logGammaRatio(_ a: Double, _ b: Double) -> Double {
    guard b == 0.5, a > 100 else { return logGamma(a + b) - logGamma(a) }
    return 0.5 * log(a) - 1 / (8 * a) + 1 / (192 * a * a * a)
  }

  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = d
    for m in 1...10_000 {
      let m = Double(m)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 1e-15 { break }
    }
    return result
  }
}
