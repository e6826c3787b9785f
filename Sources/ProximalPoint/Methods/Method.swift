/// A stochastic method: how one step is made of an example or a mini-batch.
///
/// All methods here have the form `x+ = z + xi a`, `z = x + momentum (x - x_previous)`, and differ in where the gradient is
/// taken and in how xi follows from it.
public protocol Method: Sendable {
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
public struct Batch: Hashable, Sendable {
  /// How a mini-batch's proximal step is made of its examples.
  public enum Form: String, Hashable, Sendable {
    /// Each example's own proximal step from the same point, averaged.
    case averaged
    /// The proximal step of the average loss of the batch.
    case joint
  }

  /// The number of examples.
  public let size: Int
  /// How they are combined; explicit methods average, whichever it says.
  public let form: Form

  /// One example a step.
  public static let example = Batch(size: 1, form: .averaged)
  /// Mini-batches whose examples' steps are averaged.
  public static func averaged(_ size: Int) -> Batch { Batch(size: size, form: .averaged) }
  /// Mini-batches whose average loss makes one proximal step.
  public static func joint(_ size: Int) -> Batch { Batch(size: size, form: .joint) }

  private init(size: Int, form: Form) {
    precondition(size > 0, "a batch has examples")
    self.size = size
    self.form = form
  }
}

extension Method {
  /// The gradient's step: `xi = -step l'(predictor)`.
  public func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    -step * loss.derivative(predictor, target)
  }

  /// None.
  public var damping: MomentumDamping { .none }

  /// No.
  public static var isImplicit: Bool { false }

  /// No.
  public static var looksAhead: Bool { false }
}

/// A method of proximal steps.
public protocol ProximalMethod: Method {}

extension ProximalMethod {
  /// Yes.
  public static var isImplicit: Bool { true }

  /// Yes: the proximal step is taken from z.
  public static var looksAhead: Bool { true }

  /// The scalar proximal step: `xi = -step l'(predictor + xi squaredNorm)`.
  public func displacement<L: Loss>(
    of loss: L, predictor: Double, target: Double, step: Double, squaredNorm: Double
  ) -> Double {
    loss.proximalDisplacement(from: predictor, target: target, step: step, squaredNorm: squaredNorm)
  }
}
