extension Loss {
  /// Fisher's information of an example on its predictor at unit dispersion, `E l''(g, b)` over targets of mean h(g).
  ///
  /// The losses of exponential families, and of quasi-likelihoods, have a derivative that is affine in the target:
  /// `l' = (h(g) - b) h'(g) / V(h(g))`. Hence the expectation is `l''(g, h(g)) = h'(g)^2 / V(h(g))` (P. McCullagh,
  /// J. Nelder, Generalized Linear Models, 1989, 2.5).
  package func information(_ predictor: Double) -> Double { curvature(predictor, mean(predictor)) }

  /// `h'(g)`, from the same form: the expected information divided by the decrease of `l'` along the target.
  package func meanSlope(_ predictor: Double) -> Double {
    information(predictor) / (derivative(predictor, 0) - derivative(predictor, 1))
  }

  /// `b - h(g)`.
  package func responseResidual(_ predictor: Double, _ target: Double) -> Double { target - mean(predictor) }

  /// `(b - h(g)) / sqrt(V(h(g)))`, computed as `|l'| / sqrt(E l'')` with the sign of `b - h(g)`.
  package func pearsonResidual(_ predictor: Double, _ target: Double) -> Double {
    let (slope, information) = (derivative(predictor, target), information(predictor))
    let size = slope == 0 ? 0 : abs(slope) / information.squareRoot()
    return responseResidual(predictor, target) < 0 ? -size : size
  }

  /// The deviance of an example at unit dispersion: twice the excess of its loss over the infimum.
  package func deviance(_ predictor: Double, _ target: Double) -> Double {
    max(0, 2 * (value(predictor, target) - minimum(target)))
  }

  /// The square root of the deviance with the sign of `b - h(g)`.
  package func devianceResidual(_ predictor: Double, _ target: Double) -> Double {
    let size = deviance(predictor, target).squareRoot()
    return responseResidual(predictor, target) < 0 ? -size : size
  }
}
