import EspalierTensors
import EspalierTraining
import Testing

@Suite struct StochasticGradientDescentTests {
  /// The rule's formula, for one number.
  private struct Twin {
    var w: Float
    var v: Float = 0

    mutating func step(_ rule: StochasticGradientDescent, _ gradient: Float, _ stepSize: Float, decays: Bool) {
      let g = gradient + (decays ? rule.weightDecay * w : 0)
      v = rule.momentum * v + g
      w -= stepSize * (rule.nesterov ? g + rule.momentum * v : v)
    }
  }

  @Test(arguments: [0, 0.9] as [Float], [false, true])
  func stepsFollowTheFormula(momentum: Float, nesterov: Bool) {
    for (decay, decays) in [(0, true), (0.1, true), (0.1, false)] as [(Float, Bool)] {
      let rule = StochasticGradientDescent(momentum: momentum, nesterov: nesterov, weightDecay: decay)
      #expect(rule.stateNames == (momentum == 0 ? [] : ["velocity"]))
      var generator = SeededGenerator(seed: 1)
      var weights = (0..<5).map { _ in Float(generator.normal()) }
      var state = [Float](repeating: 0, count: 5)
      var twins = weights.map { Twin(w: $0) }
      for step in 1...10 {
        var gradient = (0..<5).map { _ in Float(generator.normal()) }
        let stepSize = 1 / Float(step)
        for i in 0..<5 { twins[i].step(rule, gradient[i], stepSize, decays: decays) }
        weights.withUnsafeMutableBufferPointer { weights in
          gradient.withUnsafeMutableBufferPointer { gradient in
            state.withUnsafeMutableBufferPointer { state in
              let parameter = OptimizedParameter(
                value: weights, gradient: gradient, state: momentum == 0 ? [] : [state], decays: decays)
              let loss = rule.take(OptimizationStep([parameter], number: step, stepSize: stepSize) { 4 })
              #expect(loss == 4)
            }
          }
        }
        for i in 0..<5 { #expect(abs(weights[i] - twins[i].w) < 1e-5) }
      }
    }
  }
}
