import Foundation

/// The logistic loss, `l = log(1 + e^g) - b g` with b of 0 or 1 (or a share between): binomial regression with its canonical link.
///
/// `l' = h(g) - b` with `h(g) = 1 / (1 + e^-g)`, `l'' = h (1 - h)`. No exponential of a positive number is taken, so nothing overflows.
public struct LogisticLoss: Loss {
  /// The loss.
  public init() {}

  /// The word for it.
  public var name: String { "logistic" }

  /// What a target must be.
  public var targets: String { "between 0 and 1" }

  /// Classes 0 and 1, and shares.
  public func accepts(target: Double) -> Bool { 0...1 ~= target }

  /// `log(1 + e^g) - b g`.
  public func value(_ g: Double, _ b: Double) -> Double { max(g, 0) - b * g + log1p(exp(-abs(g))) }

  /// `h(g) - b`.
  public func derivative(_ g: Double, _ b: Double) -> Double { slopes(g, b).0 }

  /// `h(g) (1 - h(g))`.
  public func curvature(_ g: Double, _ b: Double) -> Double { slopes(g, b).1 }

  /// The entropy of b: 0 for classes.
  public func minimum(_ b: Double) -> Double {
    b > 0 && b < 1 ? -b * log(b) - (1 - b) * log1p(-b) : 0
  }

  /// `1 / (1 + e^-g)`, the probability of class 1.
  public func mean(_ g: Double) -> Double {
    let e = exp(-abs(g))
    return (g >= 0 ? 1 : e) / (1 + e)
  }

  /// By Newton steps on the scalar equation, with one exponential each; `|l'''| <= l''` says when they are done.
  public func proximalDisplacement(from g: Double, target b: Double, step: Double, squaredNorm q: Double) -> Double {
    let scale = step * q
    let (derivative, curvature) = slopes(g, b)
    let explicit = -step * derivative
    guard explicit != 0, explicit.isFinite, scale.isFinite else { return explicit }
    return ScalarEquation.root(
      low: min(0, explicit), high: max(0, explicit), start: explicit / (1 + scale * curvature), bend: q,
      noise: { 2 * .ulpOfOne * abs(g) / q * (1 - 1 / $0.slope) }
    ) { xi in
      let (derivative, curvature) = slopes(g + xi * q, b)
      return (xi + step * derivative, 1 + scale * curvature)
    }
  }

  /// `l'` and `l''`, from one exponential.
  @inline(__always)
  private func slopes(_ g: Double, _ b: Double) -> (Double, Double) {
    let e = exp(-abs(g))
    let share = 1 / (1 + e)
    // b = 1 is the mirror image of b = 0: this way the derivative keeps its precision near 0 for both.
    let (small, large) = (e * share, share)
    let (ones, zeros) = g >= 0 ? (large, small) : (small, large)
    return (b == 1 ? -zeros : ones - b, small * large)
  }
}
