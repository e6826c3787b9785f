import EspalierProximalPoint
import EspalierTensors

/// The methods compared.
package enum RobustnessMethod: String, CaseIterable, Sendable, Codable {
  /// Stochastic gradient descent.
  case sgd = "SGD"
  /// Stochastic gradient descent with momentum.
  case sgdm = "SGDM"
  /// Proximal steps of each example, averaged.
  case sppa = "SPPA"
  /// Averaged proximal steps with momentum.
  case sppam = "SPPAM"
  /// The proximal step of the whole batch.
  case jointSPPA = "SPPA, joint"
  /// Joint proximal steps with momentum.
  case jointSPPAM = "SPPAM, joint"
  /// Joint proximal steps with momentum damped by contraction.
  case dampedSPPAM = "SPPAM, joint, damped"

  /// Examples in a batch.
  static let batch = 10
  /// The momentum of the methods that use it, as in the paper.
  static let momentum = 0.9

  /// The method with this step size and, where it uses one, this momentum.
  func method(step: Double, momentum: Double = momentum) -> any StochasticMethod {
    let (averaged, joint) = (Batch.averaged(Self.batch), Batch.joint(Self.batch))
    return switch self {
    case .sgd: SGD(step: step, batch: averaged)
    case .sgdm: SGDM(step: step, momentum: momentum, batch: averaged)
    case .sppa: SPPA(step: step, batch: averaged)
    case .sppam: SPPAM(step: step, momentum: momentum, batch: averaged)
    case .jointSPPA: SPPA(step: step, batch: joint)
    case .jointSPPAM: SPPAM(step: step, momentum: momentum, batch: joint)
    case .dampedSPPAM: SPPAM(step: step, momentum: momentum, batch: joint, damping: .contraction)
    }
  }
}

/// The outcome of a method on a problem.
package enum RobustnessOutcome: Hashable, Sendable, Codable {
  /// The tolerance was met after this number of iterations.
  case reached(Int)
  /// The tolerance was not met within the cap.
  case tooSlow
  /// The iterates diverged.
  case diverged

  /// The number of iterations, infinite if the tolerance was not met.
  package var iterations: Double {
    if case .reached(let count) = self { Double(count) } else { .infinity }
  }
}

extension RobustnessProblem {
  /// The tolerance of the paper.
  static let tolerance = 1e-2
  /// The size of a coefficient that counts as divergence.
  static let hopeless = 1e12

  /// Iterations, each on a random batch, until `||b - h(A x)||^2 / ||b||^2 <= 1e-2`.
  func run(_ name: RobustnessMethod, step: Double, cap: Int, seed: UInt64) -> RobustnessOutcome {
    func run<L: Loss>(_ loss: L) -> RobustnessOutcome {
      let method = name.method(step: step)
      var generator = SeededGenerator(seed: seed)
      var state = Iterate(dimension: examples.dimension)
      for iteration in 1...cap {
        let batch = Array(generator.permutation(examples.count)[..<RobustnessMethod.batch])
        state = method.step(state, on: batch, of: examples, loss: loss)
        let error = relativeError(state.current)
        if error <= Self.tolerance { return .reached(iteration) }
        // The mean may overflow and recover; non-finite iterates do not.
        guard state.current.allSatisfy({ abs($0) < Self.hopeless }) else { return .diverged }
      }
      return .tooSlow
    }
    return run(kind.loss)
  }
}
