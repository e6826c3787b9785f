/// The stochastic proximal point algorithm: `x+ = x - eta grad f_i(x+)`.
///
/// P. Toulis, E. Airoldi, "Asymptotic and finite-sample properties of estimators based on stochastic gradients" (Annals
/// of Statistics 2017).
package struct SPPA: ProximalMethod {
  /// The step size eta.
  package var step: Double

  /// The number of examples of a step, and how they are combined.
  package var batch: Batch

  /// The method for a step size.
  package init(step: Double, batch: Batch = .example) {
    self.step = step
    self.batch = batch
  }

  /// 0: no momentum.
  package var momentum: Double { 0 }

  /// The name in reports.
  package var name: String { "SPPA" }
}
