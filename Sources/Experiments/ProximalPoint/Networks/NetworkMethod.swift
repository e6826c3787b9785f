import EspalierProximalPoint
import EspalierTraining

/// An optimiser in the comparison over step sizes.
package enum NetworkMethod: String, Hashable, Sendable, CaseIterable, Codable {
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

  /// The momentum of the methods that use it, as in the paper.
  package static let momentum: Float = 0.9

  /// The rule; proximal ones make at most `innerSteps` gradient steps.
  func optimizer(innerSteps: Int) -> any Optimizer {
    let inner = InexactProximalStep(iterations: innerSteps)
    return switch self {
    case .sgd: StochasticGradientDescent(momentum: 0, nesterov: false)
    case .sgdm: StochasticGradientDescent(momentum: Self.momentum, nesterov: false)
    case .sppa: StochasticProximalPoint(momentum: 0, inner: inner)
    case .sppam: StochasticProximalPoint(momentum: Self.momentum, damping: .none, inner: inner)
    case .damped: StochasticProximalPoint(momentum: Self.momentum, damping: .contraction, inner: inner)
    }
  }
}
