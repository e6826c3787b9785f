/// Stochastic gradient descent: `x+ = x - eta grad f_i(x)`.
public struct SGD: Method {
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
  public var name: String { "SGD" }
}
