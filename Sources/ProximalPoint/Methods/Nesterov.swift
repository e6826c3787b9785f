/// Nesterov's accelerated stochastic gradient: `x+ = z - eta grad f_i(z)`, `z = x + beta (x - x_previous)`.
package struct Nesterov: StochasticMethod {
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
  package var name: String { "Nesterov" }

  /// True.
  package static var looksAhead: Bool { true }
}
