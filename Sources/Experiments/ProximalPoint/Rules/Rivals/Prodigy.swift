import EspalierTraining

/// Adam whose step size is an estimate d of the distance to the solution, which only grows:
///
///     r = b r + (1 - b) eta d^2 <g, x_0 - x>,    s = b s + (1 - b) eta d^2 g,    b = sqrt(beta2)
///     x -= eta d m / (sqrt v + d epsilon),    then d = max(d, r / ||s||_1)
///
/// with m and v the moments of `d g`. Source: K. Mishchenko, A. Defazio, "Prodigy: an expeditiously adaptive
/// parameter-free learner" (ICML 2024), algorithm 4, without its options.
final class Prodigy: Optimizer, @unchecked Sendable {
  // Not locked: training takes its steps one after another.
  private var distance = 1e-6
  private var numerator = 0.0

  var stateNames: [String] { ["first moment", "second moment", "weighted gradients", "start"] }

  func take(_ step: OptimizationStep) -> Double {
    let loss = step.evaluate()
    let (beta1, beta2) = (Float(0.9), Float(0.999))
    let keep = Double(beta2).squareRoot()
    let (d, eta) = (distance, Double(step.stepSize))
    let weight = (1 - keep) * eta * d * d
    var (overlap, size) = (0.0, 0.0)
    for parameter in step.parameters {
      let (x, g) = (parameter.value, parameter.gradient)
      let (m, v, s, start) = (parameter.state[0], parameter.state[1], parameter.state[2], parameter.state[3])
      for i in 0..<x.count {
        if step.number == 1 { start[i] = x[i] }
        let scaled = Float(d) * g[i]
        m[i] = beta1 * m[i] + (1 - beta1) * scaled
        v[i] = beta2 * v[i] + (1 - beta2) * scaled * scaled
        overlap += Double(g[i]) * Double(start[i] - x[i])
        s[i] = Float(keep) * s[i] + Float(weight) * g[i]
        size += Double(abs(s[i]))
      }
    }
    numerator = keep * numerator + weight * overlap
    if size > 0 { distance = max(d, numerator / size) }
    let length = Float(eta * d)
    for parameter in step.parameters {
      let (x, m, v) = (parameter.value, parameter.state[0], parameter.state[1])
      for i in 0..<x.count { x[i] -= length * m[i] / (v[i].squareRoot() + Float(d) * 1e-8) }
    }
    return loss
  }
}
