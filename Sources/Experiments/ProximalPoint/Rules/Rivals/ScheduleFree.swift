import EspalierTraining

/// Schedule-free SGD: gradients between the average x of iterates z and z itself.
///
///     y = (1 - beta) z + beta x,    z -= eta grad f(y),    x = (1 - 1/t) x + z / t.
///
/// Source: A. Defazio, X. Yang, H. Mehta, K. Mishchenko, A. Khaled, A. Cutkosky, "The road less scheduled" (NeurIPS
/// 2024), algorithm 1. The parameters are x between steps, which is the result, and y while the loss is evaluated.
struct ScheduleFree: Optimizer {
  /// beta.
  var momentum: Float = 0.9

  var stateNames: [String] { ["z"] }
  var workspaceCount: Int { 1 }

  func take(_ step: OptimizationStep) -> Double {
    for parameter in step.parameters {
      let (x, z, kept) = (parameter.value, parameter.state[0], parameter.workspace[0])
      for i in 0..<x.count {
        if step.number == 1 { z[i] = x[i] }
        kept[i] = x[i]
        x[i] = (1 - momentum) * z[i] + momentum * x[i]
      }
    }
    let loss = step.evaluate()
    let share = 1 / Float(step.number)
    for parameter in step.parameters {
      let (x, z, kept) = (parameter.value, parameter.state[0], parameter.workspace[0])
      for i in 0..<x.count {
        z[i] -= step.stepSize * parameter.gradient[i]
        x[i] = (1 - share) * kept[i] + share * z[i]
      }
    }
    return loss
  }
}
