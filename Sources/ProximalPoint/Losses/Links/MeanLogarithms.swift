import Foundation

/// The logarithms of a mean m = h(g) of classes and of 1 - m, and their derivatives by the predictor g: none of them
/// underflows where m does.
struct MeanLogarithms {
  /// `log m`.
  let log: Double
  /// `log(1 - m)`.
  let logComplement: Double
  /// `h' / m`.
  let slope: Double
  /// `h' / (1 - m)`.
  let complementSlope: Double
  /// The second derivative of `-log m`.
  let bend: Double
  /// The second derivative of `-log(1 - m)`.
  let complementBend: Double

  /// The logarithms at a predictor of the link's domain.
  init(_ g: Double, _ link: Link) {
    switch link {
    case .logit:
      (slope, complementSlope) = (link.mean(-g), link.mean(g))
      log = g > 0 ? -log1p(exp(-g)) : g - log1p(exp(g))
      logComplement = g > 0 ? -g - log1p(exp(-g)) : -log1p(exp(g))
      (bend, complementBend) = (slope * complementSlope, slope * complementSlope)
    case .probit:
      (log, logComplement) = (NormalTail.logProbability(below: g), NormalTail.logProbability(below: -g))
      (slope, complementSlope) = (NormalTail.hazard(g), NormalTail.hazard(-g))
      (bend, complementBend) = (slope * (slope + g), complementSlope * (complementSlope - g))
    case .complementaryLogLog:
      let rate = exp(g)
      // Below, 1 - e^-rate is rate to rounding.
      log = g < -37 ? g : Foundation.log(-expm1(-rate))
      logComplement = -rate
      slope = g < -37 ? 1 : rate > 700 ? 0 : rate / expm1(rate)
      (complementSlope, complementBend) = (rate, rate)
      bend = slope * (slope + rate - 1)
    case .log:
      let complement = -expm1(g)
      (log, logComplement) = (g, Foundation.log(complement))
      (slope, bend) = (1, 0)
      complementSlope = exp(g) / complement
      complementBend = complementSlope / complement
    case .identity:
      (log, logComplement) = (Foundation.log(g), log1p(-g))
      (slope, complementSlope) = (1 / g, 1 / (1 - g))
      (bend, complementBend) = (slope * slope, complementSlope * complementSlope)
    default:
      let (mean, complement, derivative) = (link.mean(g), link.mean(-g), link.derivative(g))
      (log, logComplement) = (Foundation.log(mean), Foundation.log(complement))
      (slope, complementSlope) = (derivative / mean, derivative / complement)
      let second = link.secondDerivative(g)
      (bend, complementBend) = (
        slope * slope - second / mean, complementSlope * complementSlope + second / complement
      )
    }
  }
}
