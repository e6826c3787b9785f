import EspalierProximalPoint
import EspalierTraining

/// A rule that is compared over step sizes, on regressions and networks.
package enum UpdateRule: String, Hashable, CaseIterable, Sendable, Codable {
  /// Stochastic gradient descent.
  case sgd = "SGD"
  /// Stochastic gradient descent with heavy-ball momentum.
  case sgdm = "SGDM"
  /// The stochastic proximal point algorithm.
  case sppa = "SPPA"
  /// The stochastic proximal point algorithm with momentum.
  case sppam = "SPPAM"
  /// The same, with momentum damped by the contraction of steps.
  case damped = "SPPAM, damped"
  /// Damped momentum, and the step size of ``DisplacementControl``.
  case controlled = "SPPAM, controlled"
  /// Adaptive moments.
  case adam = "Adam"
  /// Bounded stochastic Polyak steps.
  case polyak = "Polyak step"
  /// Adam with an estimate of the distance to the solution.
  case prodigy = "Prodigy"
  /// Schedule-free SGD.
  case scheduleFree = "schedule-free"

  /// The momentum of the paper.
  package static let momentum: Float = 0.9

  /// The rules of others that promise to need little tuning, and SGDM.
  static let rivals: [UpdateRule] = [.sgdm, .adam, .polyak, .prodigy, .scheduleFree]

  /// Whether the rule takes a momentum.
  package var hasMomentum: Bool { ![.sgd, .sppa, .polyak, .prodigy].contains(self) }

  /// The rule where it needs nothing but gradients; `nil` for proximal ones.
  func explicit(momentum: Float = momentum) -> (any Optimizer)? {
    switch self {
    case .sgd: StochasticGradientDescent(momentum: 0, nesterov: false)
    case .sgdm: StochasticGradientDescent(momentum: momentum, nesterov: false)
    case .adam: AdamW(momentum: momentum, weightDecay: 0)
    case .polyak: PolyakStep()
    case .prodigy: Prodigy()
    case .scheduleFree: ScheduleFree(momentum: momentum)
    case .sppa, .sppam, .damped, .controlled: nil
    }
  }

  /// The rule for networks; proximal ones make at most `innerSteps` gradient steps.
  func optimizer(momentum: Float, innerSteps: Int) -> any Optimizer {
    let inner = InexactProximalStep(iterations: innerSteps)
    return switch self {
    case .sppa: StochasticProximalPoint(momentum: 0, inner: inner)
    case .sppam: StochasticProximalPoint(momentum: momentum, damping: .none, inner: inner)
    case .damped: StochasticProximalPoint(momentum: momentum, damping: .contraction, inner: inner)
    case .controlled: ControlledProximalPoint(momentum: momentum, inner: inner)
    default: explicit(momentum: momentum)!
    }
  }
}
