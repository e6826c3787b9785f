/// A stochastic method: the rule for a step on an example or a mini-batch.
///
/// All methods have the form `x+ = z + xi a`, `z = x + momentum (x - x_previous)`; they differ in the point at which
/// the gradient is taken and in the formula of xi.
package protocol StochasticMethod: Sendable {
  /// The name in reports.
  var name: String { get }
  /// The step size eta.
  var step: Double { get set }
  /// The momentum beta; 0 for methods without momentum.
  var momentum: Double { get }
  /// The number of examples of a step, and how they are combined.
  var batch: Batch { get set }
  /// The damping of the momentum.
  var damping: MomentumDamping { get }
  /// Whether the gradient is taken at the new iterate, as in proximal steps.
  static var isImplicit: Bool { get }
  /// Whether an explicit gradient is taken at the extrapolated point z instead of at x.
  static var looksAhead: Bool { get }
  /// xi: the length of the step along the features of one example, given its predictor at the point of the gradient.
  func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double
}

/// The number of examples of a step, and how they are combined.
package struct Batch: Hashable, Sendable {
  /// The rule that combines the examples of a mini-batch into a proximal step.
  package enum Form: String, Hashable, Sendable {
    /// The average of each example's own proximal step, all from the same point.
    case averaged
    /// The proximal step of the average loss of the batch.
    case joint
  }

  /// The number of examples.
  package let size: Int
  /// The combination; explicit methods always average.
  package let form: Form

  /// One example per step.
  package static let example = Batch(size: 1, form: .averaged)
  /// Mini-batches that average the steps of their examples.
  package static func averaged(_ size: Int) -> Batch { Batch(size: size, form: .averaged) }
  /// Mini-batches that take one proximal step of their average loss.
  package static func joint(_ size: Int) -> Batch { Batch(size: size, form: .joint) }

  private init(size: Int, form: Form) {
    precondition(size > 0, "a batch has examples")
    self.size = size
    self.form = form
  }
}

extension StochasticMethod {
  /// The gradient's step: `xi = -step l'(predictor)`.
  package func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    -step * loss.derivative(predictor, target)
  }

  /// No damping.
  package var damping: MomentumDamping { .none }

  /// False.
  package static var isImplicit: Bool { false }

  /// False.
  package static var looksAhead: Bool { false }
}

/// A method that takes proximal steps.
package protocol ProximalMethod: StochasticMethod {}

extension ProximalMethod {
  /// True.
  package static var isImplicit: Bool { true }

  /// True: the proximal step is taken from z.
  package static var looksAhead: Bool { true }

  /// The scalar proximal step: `xi = -step l'(predictor + xi squaredNorm)`.
  package func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    loss.proximalDisplacement(from: predictor, target: target, step: step, squaredNorm: squaredNorm)
  }
}
