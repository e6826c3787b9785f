/// Stochastic gradient descent with momentum, Nesterov's or the heavy ball, and weight decay:
///
///     g  = gradient + weightDecay w
///     v  = momentum v + g
///     w -= stepSize (nesterov ? g + momentum v : v)
///
/// Source: I. Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013, in the
/// form common to today's frameworks.
package struct StochasticGradientDescent: Optimizer, Hashable {
  /// How much of the last step is taken again.
  package var momentum: Float
  /// Whether the gradient is looked at where momentum leads.
  package var nesterov: Bool
  /// How strongly weights are drawn to zero; biases and normalisation never are.
  package var weightDecay: Float

  /// The rule with these settings.
  package init(momentum: Float = 0.9, nesterov: Bool = true, weightDecay: Float = 0) {
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
  }

  /// The velocity v; nothing without momentum.
  package var stateNames: [String] { momentum == 0 ? [] : ["velocity"] }

  /// One evaluation, and one pass over each parameter, its gradient and velocity.
  package func take(_ step: OptimizationStep) -> Double {
    let loss = step.evaluate()
    for parameter in step.parameters { update(parameter, stepSize: step.stepSize) }
    return loss
  }

  private func update(_ parameter: OptimizedParameter, stepSize: Float) {
    guard let w = parameter.value.baseAddress, let d = parameter.gradient.baseAddress else { return }
    let count = parameter.value.count
    let decay = parameter.decays ? weightDecay : 0
    guard momentum != 0, let v = parameter.state[0].baseAddress else {
      for i in 0..<count { w[i] -= stepSize * (d[i] + decay * w[i]) }
      return
    }
    // One formula for both: velocityWeight v + gradientWeight g.
    let (velocityWeight, gradientWeight): (Float, Float) = nesterov ? (momentum, 1) : (1, 0)
    for i in 0..<count {
      let g = d[i] + decay * w[i]
      let velocity = momentum * v[i] + g
      v[i] = velocity
      w[i] -= stepSize * (velocityWeight * velocity + gradientWeight * g)
    }
  }
}
