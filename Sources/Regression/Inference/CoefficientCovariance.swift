import EspalierLinearAlgebra

/// The covariance of the free predictors' coefficients, in the units of the features: of each predictor those of the
/// features and, if there is one, the intercept last.
package struct CoefficientCovariance: Hashable, Sendable {
  /// The covariance.
  package let matrix: Matrix
  /// The inverse of the expected information at unit dispersion, for leverages.
  package let unscaled: Matrix
  /// The coordinates that the data do not determine.
  let undetermined: Set<Int>
}
