import EspalierProximalPoint

/// `F(y) = f(y) + weightDecay ||y||^2 / 2 + ||y - z||^2 / (2 step)` of a mini-batch's loss f, in the memory of a
/// network's parameters.
///
/// The parameters are the trial point. Sums over all of them are kept in double precision.
struct NetworkObjective: ProximalObjective {
  private let step: OptimizationStep
  private let weightDecay: Float
  private(set) var squaredGradient = 0.0
  private(set) var squaredDistance = 0.0

  init(_ step: OptimizationStep, weightDecay: Float) {
    self.step = step
    self.weightDecay = weightDecay
  }

  /// One parameter, its gradient, the point before the last step, and the three runs for this one.
  private struct Memory {
    let count: Int
    let decay: Float
    let trial, gradient, previous, center, accepted, acceptedGradient: UnsafeMutablePointer<Float>
  }

  private func forEach(_ body: (Memory) -> Void) {
    for parameter in step.parameters {
      guard let value = parameter.value.baseAddress, let gradient = parameter.gradient.baseAddress,
        let previous = parameter.state[0].baseAddress, let center = parameter.workspace[0].baseAddress,
        let accepted = parameter.workspace[1].baseAddress, let acceptedGradient = parameter.workspace[2].baseAddress
      else { continue }
      body(
        Memory(
          count: parameter.value.count, decay: parameter.decays ? weightDecay : 0, trial: value, gradient: gradient,
          previous: previous, center: center, accepted: accepted, acceptedGradient: acceptedGradient))
    }
  }

  /// Puts z and the trial point to `x + momentum (x - x_previous)`, and remembers x for the next step.
  func extrapolate(momentum: Float) {
    let momentum = step.number == 1 ? 0 : momentum
    forEach { at in
      for i in 0..<at.count {
        let x = at.trial[i]
        let z = x + momentum * (x - at.previous[i])
        at.previous[i] = x
        at.center[i] = z
        at.accepted[i] = z
        at.acceptedGradient[i] = 0
        at.trial[i] = z
      }
    }
  }

  /// Brings the point before the last step so near that what is extrapolated next is shorter by this factor.
  func shortenVelocity(by factor: Float) {
    forEach { at in
      for i in 0..<at.count { at.previous[i] = at.trial[i] - factor * (at.trial[i] - at.previous[i]) }
    }
  }

  mutating func evaluate() -> Double {
    var value = step.evaluate()
    let inverse = 1 / step.stepSize
    forEach { at in
      var (distance, size) = (0.0, 0.0)
      for i in 0..<at.count {
        let away = at.trial[i] - at.center[i]
        distance += Double(away * away)
        size += Double(at.trial[i] * at.trial[i])
        at.gradient[i] += at.decay * at.trial[i] + inverse * away
      }
      value += distance * Double(inverse) / 2 + size * Double(at.decay) / 2
    }
    return value
  }

  mutating func accept() -> (squaredLength: Double, curvature: Double) {
    var (length, curvature, gradient, distance) = (0.0, 0.0, 0.0, 0.0)
    forEach { at in
      for i in 0..<at.count {
        let moved = at.trial[i] - at.accepted[i]
        let away = at.trial[i] - at.center[i]
        length += Double(moved * moved)
        curvature += Double(moved * (at.gradient[i] - at.acceptedGradient[i]))
        gradient += Double(at.gradient[i] * at.gradient[i])
        distance += Double(away * away)
        at.accepted[i] = at.trial[i]
        at.acceptedGradient[i] = at.gradient[i]
      }
    }
    (squaredGradient, squaredDistance) = (gradient, distance)
    return (length, curvature)
  }

  mutating func descend(by length: Double) {
    let length = Float(length)
    forEach { at in
      for i in 0..<at.count { at.trial[i] = at.accepted[i] - length * at.acceptedGradient[i] }
    }
  }

  mutating func settle() {
    forEach { at in
      for i in 0..<at.count { at.trial[i] = at.accepted[i] }
    }
  }
}
