import EspalierLinearAlgebra

/// The penalty on changes of re-fitted weights: `lambda = strength x mean of the diagonal of G`, over the rows that are
/// not identically zero.
///
/// It is relative to the energy of the activations, so one strength suits every layer.
package struct Ridge: Hashable, Sendable {
  /// Lambda over the mean squared activation.
  package var strength: Double

  /// A ridge of `strength`.
  package init(_ strength: Double = 1e-3) {
    self.strength = strength
  }

  /// `G + lambda I`, G the Gram matrix of the rows of `regression`.
  func form(of regression: Regression) -> Matrix {
    var form = regression.gram
    let energies = form.diagonal.filter { $0 > 0 }
    let mean = energies.reduce(0, +) / Double(max(energies.count, 1))
    form.addToDiagonal(max(strength * mean, .leastNormalMagnitude))
    return form
  }
}
