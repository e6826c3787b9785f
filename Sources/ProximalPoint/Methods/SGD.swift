/// Stochastic gradient descent: `x+ = x - eta grad f_i(x)`.
package struct SGD: Method {
  /// The step size eta.
  package var step: Double

  /// How many examples make a step.
  package var batch: Batch

  /// The method of a step size.
  package init(step: Double, batch: Batch = .example) {
    self.step = step
    self.batch = batch
  }

  /// None.
  package var momentum: Double { 0 }

  /// The word for it.
  package var name: String { "SGD" }
}
