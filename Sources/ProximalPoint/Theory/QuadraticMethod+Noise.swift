/// The moments of the error when gradients are noisy: `grad f(x) + w`, w of variance sigma^2, independent from step to
/// step.
///
/// The recurrence is then `e+ = t e - d e_previous - g w`, with `g = eta` for explicit steps and `g = eta s`, `s = 1 /
/// (1 + eta lambda)`, for proximal ones.
extension QuadraticMethod {
  /// g: the factor of the gradient's noise in a step.
  package func noiseGain(step: Double, eigenvalue: Double) -> Double {
    switch self {
    case .proximalPoint, .proximalPointWithMomentum: step / (1 + step * eigenvalue)
    case .gradientDescent, .gradientDescentWithMomentum, .nesterov: step
    }
  }

  /// The size of the neighbourhood in which the error ends along an eigenvector, for noise of variance 1:
  ///
  ///     E e^2 = g^2 (1 + d) / ((1 - d) ((1 + d)^2 - t^2)),
  ///
  /// the variance of an autoregressive process of order 2; infinite where the method does not converge. For SPPA this
  /// is
  /// `eta / (lambda (2 + eta lambda))`; with momentum it is `1 / (1 - beta)` times as much for `eta lambda` near 0, and
  /// the same for large ones.
  package func stationaryVariance(step: Double, momentum: Double, eigenvalue: Double) -> Double {
    guard converges(step: step, momentum: momentum, eigenvalue: eigenvalue) else { return .infinity }
    let (t, d) = recurrence(step: step, momentum: momentum, eigenvalue: eigenvalue)
    let gain = noiseGain(step: step, eigenvalue: eigenvalue)
    return gain * gain * (1 + d) / ((1 - d) * ((1 + d) * (1 + d) - t * t))
  }

  /// The second moments `(E e^2, E e e_previous, E e_previous^2)` after another step, for noise of variance 1.
  package func next(
    _ moments: SIMD3<Double>, step: Double, momentum: Double, eigenvalue: Double
  ) -> SIMD3<Double> {
    let (t, d) = recurrence(step: step, momentum: momentum, eigenvalue: eigenvalue)
    let gain = noiseGain(step: step, eigenvalue: eigenvalue)
    return SIMD3(
      t * t * moments.x - 2 * t * d * moments.y + d * d * moments.z + gain * gain, t * moments.x - d * moments.y,
      moments.x)
  }
}
