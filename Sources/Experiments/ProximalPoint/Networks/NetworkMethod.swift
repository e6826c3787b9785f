import EspalierProximalPoint
import EspalierTraining

/// An optimiser that is compared with others over step sizes.
package enum NetworkMethod: String, Hashable, Sendable, CaseIterable {
  /// Stochastic gradient descent.
  case sgd = "SGD"
  /// The same with the heavy ball.
  case sgdm = "SGDM"
  /// The stochastic proximal point algorithm.
  case sppa = "SPPA"
  /// The same with momentum.
  case sppam = "SPPAM"
  /// The same, its momentum held back by what steps contract.
  case damped = "SPPAM, damped"

  /// The momentum of the methods that have any, as in the paper.
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
