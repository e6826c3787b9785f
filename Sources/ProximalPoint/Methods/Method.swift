/// A stochastic method: how one step is made of an example or a mini-batch.
///
/// All methods here have the form `x+ = z + xi a`, `z = x + momentum (x - x_previous)`, and differ in where the gradient is
/// taken and in how xi follows from it.
package protocol Method: Sendable {
  /// The word for it.
  var name: String { get }
  /// The step size eta.
  var step: Double { get set }
  /// The momentum beta; 0 of methods that have none.
  var momentum: Double { get }
  /// How many examples make a step, and how they are combined.
  var batch: Batch { get set }
  /// How momentum is held back.
  var damping: MomentumDamping { get }
  /// Whether the gradient is taken at the new iterate: proximal steps.
  static var isImplicit: Bool { get }
  /// Whether an explicit gradient is taken at the extrapolated point z instead of at x.
  static var looksAhead: Bool { get }
  /// xi: how far the step goes along the features of one example, whose predictor is given where the gradient is taken.
  func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double
}

/// How many examples make a step, and how they are combined.
package struct Batch: Hashable, Sendable {
  /// How a mini-batch's proximal step is made of its examples.
  package enum Form: String, Hashable, Sendable {
    /// Each example's own proximal step from the same point, averaged.
    case averaged
    /// The proximal step of the average loss of the batch.
    case joint
  }

  /// The number of examples.
  package let size: Int
  /// How they are combined; explicit methods average, whichever it says.
  package let form: Form

  /// One example a step.
  package static let example = Batch(size: 1, form: .averaged)
  /// Mini-batches whose examples' steps are averaged.
  package static func averaged(_ size: Int) -> Batch { Batch(size: size, form: .averaged) }
  /// Mini-batches whose average loss makes one proximal step.
  package static func joint(_ size: Int) -> Batch { Batch(size: size, form: .joint) }

  private init(size: Int, form: Form) {
    precondition(size > 0, "a batch has examples")
    self.size = size
    self.form = form
  }
}

extension Method {
  /// The gradient's step: `xi = -step l'(predictor)`.
  package func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    -step * loss.derivative(predictor, target)
  }

  /// None.
  package var damping: MomentumDamping { .none }

  /// No.
  package static var isImplicit: Bool { false }

  /// No.
  package static var looksAhead: Bool { false }
}

/// A method of proximal steps.
package protocol ProximalMethod: Method {}

extension ProximalMethod {
  /// Yes.
  package static var isImplicit: Bool { true }

  /// Yes: the proximal step is taken from z.
  package static var looksAhead: Bool { true }

  /// The scalar proximal step: `xi = -step l'(predictor + xi squaredNorm)`.
  package func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    loss.proximalDisplacement(from: predictor, target: target, step: step, squaredNorm: squaredNorm)
  }
}
