import EspalierTraining

/// Stochastic Polyak steps, bounded by the step size:
///
///     x -= min(eta, 2 (f_i(x) - inf f_i) / ||g||^2) g,     inf f_i = 0.
///
/// Source: N. Loizou, S. Vaswani, I. Laradji, S. Lacoste-Julien, "Stochastic Polyak step-size for SGD" (AISTATS 2021),
/// SPS_max with c = 1/2.
struct PolyakStep: Optimizer {
  var stateNames: [String] { [] }

  func take(_ step: OptimizationStep) -> Double {
    let loss = step.evaluate()
    let square = step.parameters.reduce(0) { $1.gradient.reduce($0) { $0 + Double($1) * Double($1) } }
    guard square > 0 else { return loss }
    let size = min(step.stepSize, Float(2 * loss / square))
    for parameter in step.parameters {
      for i in 0..<parameter.value.count { parameter.value[i] -= size * parameter.gradient[i] }
    }
    return loss
  }
}
