import EspalierLinearAlgebra

/// The penalty on changes of re-fitted weights: `lambda = strength x mean of the diagonal of G`, over the rows that are
/// not identically zero.
///
/// It is relative to the energy of the activations, so one strength suits every layer that has seen enough. How much a
/// layer has seen differs, a classifier behind a pooling one row an image, a convolution thousands; cross-validation
/// chooses layer by layer (``CrossValidation``).
package struct Ridge: Hashable, Sendable {
  /// Lambda over the mean squared activation.
  package var strength: Double
  /// Whether cross-validation chooses the strength where there are samples for folds; ``strength`` is where it begins.
  package var isChosenByFolds: Bool

  /// A ridge of `strength`.
  package init(_ strength: Double = 1e-3) {
    self.init(strength, isChosenByFolds: false)
  }

  private init(_ strength: Double, isChosenByFolds: Bool) {
    (self.strength, self.isChosenByFolds) = (strength, isChosenByFolds)
  }

  /// The strength that cross-validation chooses for each layer.
  package static let byFolds = Ridge(1e-3, isChosenByFolds: true)

  /// `G + lambda I`, G the Gram matrix of the rows of `regression`, lambda its own where it has one.
  func form(of regression: Regression) -> Matrix {
    var form = regression.gram
    let energies = form.diagonal.filter { $0 > 0 }
    let mean = energies.reduce(0, +) / Double(max(energies.count, 1))
    form.addToDiagonal(max((regression.strength ?? strength) * mean, .leastNormalMagnitude))
    return form
  }
}
