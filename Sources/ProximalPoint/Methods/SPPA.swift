/// The stochastic proximal point algorithm: `x+ = x - eta grad f_i(x+)`.
///
/// P. Toulis, E. Airoldi, "Asymptotic and finite-sample properties of estimators based on stochastic gradients" (Annals of Statistics 2017).
public struct SPPA: ProximalMethod {
  /// The step size eta.
  public var step: Double

  /// How many examples make a step.
  public var batch: Batch

  /// The method of a step size.
  public init(step: Double, batch: Batch = .example) {
    self.step = step
    self.batch = batch
  }

  /// None.
  public var momentum: Double { 0 }

  /// The word for it.
  public var name: String { "SPPA" }
}
