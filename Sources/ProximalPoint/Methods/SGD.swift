/// Stochastic gradient descent: `x+ = x - eta grad f_i(x)`.
package struct SGD: StochasticMethod {
  /// The step size eta.
  package var step: Double

  /// The number of examples of a step.
  package var batch: Batch

  /// The method for a step size.
  package init(step: Double, batch: Batch = .example) {
    self.step = step
    self.batch = batch
  }

  /// 0: no momentum.
  package var momentum: Double { 0 }

  /// The name in reports.
  package var name: String { "SGD" }
}
