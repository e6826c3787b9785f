import Foundation

/// The logistic loss, `l = log(1 + e^g) - b g` with b of 0 or 1 (or a share between): binomial regression with its
/// canonical link.
///
/// `l' = h(g) - b` with `h(g) = 1 / (1 + e^-g)`, `l'' = h (1 - h)`. No exponential of a positive number is taken, so
/// nothing overflows.
package struct LogisticLoss: Loss {
  /// The loss.
  package init() {}

  /// The name in reports.
  package var name: String { "logistic" }

  /// True: for the targets 0 and 1.
  package var hasMinimaAtInfinity: Bool { true }

  /// The accepted targets, in words that follow "is not".
  package var targets: String { "between 0 and 1" }

  /// Classes 0 and 1, and shares.
  package func accepts(target: Double) -> Bool { 0...1 ~= target }

  /// `log(1 + e^g) - b g`.
  package func value(_ g: Double, _ b: Double) -> Double { max(g, 0) - b * g + log1p(exp(-abs(g))) }

  /// `h(g) - b`.
  package func derivative(_ g: Double, _ b: Double) -> Double { Slopes(g, b).first }

  /// `h(g) (1 - h(g))`.
  package func curvature(_ g: Double, _ b: Double) -> Double { Slopes(g, b).second }

  /// The entropy of b: 0 for classes.
  package func minimum(_ b: Double) -> Double {
    b > 0 && b < 1 ? -b * log(b) - (1 - b) * log1p(-b) : 0
  }

  /// `1 / (1 + e^-g)`, the probability of class 1.
  package func mean(_ g: Double) -> Double {
    let e = exp(-abs(g))
    return (g >= 0 ? 1 : e) / (1 + e)
  }

  /// The root of `F(xi) = xi + step l'(g + xi q)`, in most cases by two exponentials: a fourth order step from 0 and a
  /// second one from there, short enough that its error, about its fourth power, is below rounding. Otherwise by
  /// safeguarded Newton steps; `|l'''| <= l''` bounds their error.
  package func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm q: Double) -> Double {
    let scale = step * q
    let slopes = Slopes(g, b)
    let explicit = -step * slopes.first
    guard explicit != 0, explicit.isFinite, scale.isFinite else { return explicit }
    let (low, high) = (min(0, explicit), max(0, explicit))
    var start = explicit / (1 + scale * slopes.second)
    if abs(q * start) < 1 {
      start = min(max(-slopes.inverse(of: -explicit, step: step, q: q), low), high)
      let there = Slopes(g + start * q, b)
      let length = there.inverse(of: start + step * there.first, step: step, q: q)
      start = min(max(start - length, low), high)
      let bend = q * length
      if bend * bend * bend * bend <= 2 * .ulpOfOne * abs(q * start) { return start }
    }
    return ScalarEquation.root(
      low: low, high: high, start: start, bend: q,
      noise: { 2 * .ulpOfOne * abs(g) / q * (1 - 1 / $0.slope) }
    ) { xi in
      let slopes = Slopes(g + xi * q, b)
      return (xi + step * slopes.first, 1 + scale * slopes.second)
    }
  }
}

/// The derivatives of the logistic loss by the predictor, from one exponential.
private struct Slopes {
  /// `h - b`.
  let first: Double
  /// `h (1 - h)`.
  let second: Double
  /// `1 - 2 h`; the third derivative is this times the second.
  let skew: Double

  @inline(__always)
  init(_ g: Double, _ b: Double) {
    let e = exp(-abs(g))
    let share = 1 / (1 + e)
    // b = 1 mirrors b = 0, which keeps the derivative precise near 0 for both.
    let (small, large) = (e * share, share)
    let (ones, zeros) = g >= 0 ? (large, small) : (small, large)
    first = b == 1 ? -zeros : ones - b
    second = small * large
    skew = zeros - ones
  }

  /// The distance from the root to the point where `F(xi) = xi + step l'(g + xi q)` equals `value`, by the series of
  /// the inverse function to third order: `u + A u^2 + (2 A^2 - B) u^3` with `u = F / F'`, `A = F'' / (2 F')`,
  /// `B = F''' / (6 F')`.
  @inline(__always)
  func inverse(of value: Double, step: Double, q: Double) -> Double {
    let scale = step * q * second
    let slope = 1 + scale
    let u = value / slope
    let a = scale * q * skew / (2 * slope)
    let b = scale * q * q * (1 - 6 * second) / (6 * slope)
    return u * (1 + u * (a + u * (2 * a * a - b)))
  }
}
