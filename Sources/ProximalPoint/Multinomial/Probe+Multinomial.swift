import EspalierFiles

extension Probe {
  /// Probes examples of several classes at the coefficients 0, where all probabilities are 1/K.
  ///
  /// There the eigenvalues of `diag(p) - p p^T` are 1/K and 0: the curvature is that of least squares with weights
  /// `w_i / K`. Elsewhere the curvature of an example is at most `w_i ||a_i||^2 / 2`, K/2 times as much. Offsets, the
  /// same for each class, do not matter.
  ///
  /// - Throws: `EspalierError` if a target is not a class number.
  package init<Rows: FeatureRows>(_ loss: MultinomialLogisticLoss, _ examples: Examples<Rows>) throws(EspalierError) {
    try examples.validate(for: loss)
    let weights = (0..<examples.count).map { examples.weight($0) / Double(loss.classes) }
    self.init(
      SquaredLoss(),
      try Examples(examples.rows, targets: examples.targets, weights: weights, intercept: examples.hasIntercept))
  }
}
