import Foundation

/// Adaptive moments with decoupled weight decay:
///
///     m  = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
///     w -= stepSize (m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) + weightDecay w)
///
/// Source: I. Loshchilov and F. Hutter, "Decoupled weight decay regularization" (ICLR 2019), algorithm 2.
package struct AdamW: Optimizer, Hashable {
  /// How much of the mean of gradients is kept: beta1.
  package var momentum: Float
  /// How much of the mean of their squares is kept: beta2.
  package var squaredMomentum: Float
  /// The addend that keeps the quotient finite.
  package var epsilon: Float
  /// How strongly weights are drawn to zero; biases and normalisation never are.
  package var weightDecay: Float

  /// The rule with these settings.
  package init(momentum: Float = 0.9, squaredMomentum: Float = 0.999, epsilon: Float = 1e-8, weightDecay: Float = 0.01)
  {
    self.momentum = momentum
    self.squaredMomentum = squaredMomentum
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  /// The means m of gradients and v of their squares.
  package var stateNames: [String] { ["first moment", "second moment"] }

  /// One evaluation, and one pass over each parameter, its gradient and moments.
  package func take(_ step: OptimizationStep) -> Double {
    let loss = step.evaluate()
    let first = 1 / (1 - pow(Double(momentum), Double(step.number)))
    let second = 1 / (1 - pow(Double(squaredMomentum), Double(step.number)))
    for parameter in step.parameters {
      update(parameter, stepSize: step.stepSize, Float(first), Float(second))
    }
    return loss
  }

  private func update(_ parameter: OptimizedParameter, stepSize: Float, _ first: Float, _ second: Float) {
    guard let w = parameter.value.baseAddress, let d = parameter.gradient.baseAddress,
      let m = parameter.state[0].baseAddress, let v = parameter.state[1].baseAddress
    else { return }
    let count = parameter.value.count
    let decay = parameter.decays ? stepSize * weightDecay : 0
    let (keep, keepSquares) = (momentum, squaredMomentum)
    for i in 0..<count {
      let g = d[i]
      m[i] = keep * m[i] + (1 - keep) * g
      v[i] = keepSquares * v[i] + (1 - keepSquares) * g * g
      w[i] -= stepSize * first * m[i] / ((second * v[i]).squareRoot() + epsilon) + decay * w[i]
    }
  }
}
