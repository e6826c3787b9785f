/// Stochastic gradient descent with momentum (heavy ball): `x+ = x - eta grad f_i(x) + beta (x - x_previous)`.
package struct SGDM: StochasticMethod {
  /// The step size eta.
  package var step: Double

  /// The momentum beta.
  package var momentum: Double

  /// The number of examples of a step.
  package var batch: Batch

  /// The method for a step size and a momentum.
  package init(step: Double, momentum: Double, batch: Batch = .example) {
    self.step = step
    self.momentum = momentum
    self.batch = batch
  }

  /// The name in reports.
  package var name: String { "SGDM" }
}
