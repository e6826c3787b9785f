import Foundation

/// The loss `l = -log(F(u) - F(v))` of an interval from v to u, and its derivatives by the predictor g and the
/// thresholds behind `u = t_upper - g` and `v = t_lower - g`.
///
/// With `U = f(u) / P`, `V = f(v) / P`, `P = F(u) - F(v)` and the slope `s = f' / f` of the logarithm of the density:
///
///     l_g = U - V,   l_upper = -U,   l_lower = V
///     l_gg = (U - V)^2 - U s(u) + V s(v),   l_g,upper = -U (U - V - s(u)),   l_g,lower = -V (V - U + s(v))
///     l_upper,upper = U (U - s(u)),   l_upper,lower = -U V,   l_lower,lower = V (V + s(v))
///
/// P is computed from the logarithms of F, or of 1 - F where that is smaller: far out it does not underflow, and its
/// relative error is that of the distance between u and v.
struct IntervalLoss {
  /// `l`.
  let value: Double
  /// The derivatives; 0 by a threshold that is not there.
  let first: Form.Slopes
  /// The second derivatives.
  let second: Form

  /// The second derivatives by predictor and thresholds, or products of first ones.
  struct Form {
    /// The first derivatives by predictor and thresholds.
    struct Slopes {
      let predictor: Double
      let upper: Double
      let lower: Double
    }

    let predictors: Double
    let predictorUpper: Double
    let predictorLower: Double
    let uppers: Double
    let upperLower: Double
    let lowers: Double
  }

  /// The loss alone; infinite if u is not above v.
  static func value(from v: Double, to u: Double, _ link: Link) -> Double {
    guard u > v else { return .infinity }
    if v == -.infinity { return -MeanLogarithms(u, link).log }
    if u == .infinity { return -MeanLogarithms(v, link).logComplement }
    return Probability(MeanLogarithms(v, link), MeanLogarithms(u, link)).loss
  }

  /// The loss of the interval from v to u, v below u; one of them may be infinite.
  init(from v: Double, to u: Double, _ link: Link) {
    guard v > -.infinity else {
      let end = MeanLogarithms(u, link)
      value = -end.log
      first = Form.Slopes(predictor: end.slope, upper: -end.slope, lower: 0)
      second = Form(
        predictors: max(0, end.bend), predictorUpper: -end.bend, predictorLower: 0, uppers: end.bend, upperLower: 0,
        lowers: 0)
      return
    }
    guard u < .infinity else {
      let end = MeanLogarithms(v, link)
      let bend = max(0, end.complementBend)
      value = -end.logComplement
      first = Form.Slopes(predictor: -end.complementSlope, upper: 0, lower: end.complementSlope)
      second = Form(
        predictors: bend, predictorUpper: 0, predictorLower: -bend, uppers: 0, upperLower: 0, lowers: bend)
      return
    }
    let p = Probability(MeanLogarithms(v, link), MeanLogarithms(u, link))
    value = p.loss
    let (upper, lower) = (p.upper, p.lower)
    first = Form.Slopes(predictor: upper - lower, upper: -upper, lower: lower)
    // Where the density has underflown, its logarithm may have an infinite slope.
    let atUpper = upper == 0 ? 0 : upper * link.logDensitySlope(u)
    let atLower = lower == 0 ? 0 : lower * link.logDensitySlope(v)
    let difference = upper - lower
    guard link != .complementaryLogLog || v < Self.farOut else {
      // Where `f / (1 - F)` is e^v, V and s(v) are equal to most digits, and their difference is known.
      let (uppers, both, lowers) = (upper * upper - atUpper, upper * lower, lower * (p.excess + 1))
      second = Form(
        predictors: max(0, uppers + lowers - 2 * both), predictorUpper: both - uppers, predictorLower: both - lowers,
        uppers: uppers, upperLower: -both, lowers: lowers)
      return
    }
    second = Form(
      predictors: max(0, difference * difference - atUpper + atLower),
      predictorUpper: atUpper - upper * difference, predictorLower: lower * difference - atLower,
      uppers: upper * upper - atUpper, upperLower: -upper * lower, lowers: lower * lower + atLower)
  }

  /// The lower end from which on derivatives of the complementary log-log link are those of its tail.
  private static let farOut = 20.0

  /// The products of the first derivatives.
  var squares: Form {
    Form(
      predictors: first.predictor * first.predictor, predictorUpper: first.predictor * first.upper,
      predictorLower: first.predictor * first.lower, uppers: first.upper * first.upper,
      upperLower: first.upper * first.lower, lowers: first.lower * first.lower)
  }
}

/// The probability P of an interval with two ends.
private struct Probability {
  /// `-log P`.
  let loss: Double
  /// `f(u) / P`.
  let upper: Double
  /// `f(v) / P`.
  let lower: Double
  /// `f(v) / P - f(v) / (1 - F(v))`, where 1 - F is the smaller.
  let excess: Double

  init(_ v: MeanLogarithms, _ u: MeanLogarithms) {
    let isBelow = u.log < v.logComplement
    // `P = F(u) (1 - F(v) / F(u))`, or with 1 - F likewise.
    let (larger, smaller) = isBelow ? (u.log, v.log) : (v.logComplement, u.logComplement)
    guard larger > -.infinity else {
      (loss, upper, lower, excess) = (.infinity, 0, 0, 0)
      return
    }
    let rest = -expm1(smaller - larger)
    loss = -larger - log(rest)
    let ratio = exp(smaller - larger)
    upper = isBelow ? u.slope / rest : ratio == 0 ? 0 : u.complementSlope * ratio / rest
    lower = isBelow ? (ratio == 0 ? 0 : v.slope * ratio / rest) : v.complementSlope / rest
    excess = ratio == 0 ? 0 : v.complementSlope * ratio / rest
  }
}

extension Link {
  /// `f' / f`, the slope of the logarithm of the density, for the links of ``OrdinalLoss``.
  fileprivate func logDensitySlope(_ z: Double) -> Double {
    switch self {
    case .probit: -z
    case .complementaryLogLog: 1 - exp(z)
    default: -tanh(0.5 * z)
    }
  }
}
