/// Nesterov's accelerated stochastic gradient: `x+ = z - eta grad f_i(z)`, `z = x + beta (x - x_previous)`.
public struct Nesterov: Method {
  /// The step size eta.
  public var step: Double

  /// The momentum beta.
  public var momentum: Double

  /// How many examples make a step.
  public var batch: Batch

  /// The method of a step size and a momentum.
  public init(step: Double, momentum: Double, batch: Batch = .example) {
    self.step = step
    self.momentum = momentum
    self.batch = batch
  }

  /// The word for it.
  public var name: String { "Nesterov" }

  /// Yes.
  public static var looksAhead: Bool { true }
}
