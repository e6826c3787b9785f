import EspalierTensors
import EspalierTraining
import Foundation
import Testing

@Suite struct AdamWTests {
  @Test(arguments: [0, 0.1] as [Float]) func stepsFollowTheFormula(decay: Float) {
    let rule = AdamW(momentum: 0.8, squaredMomentum: 0.95, epsilon: 1e-3, weightDecay: decay)
    var generator = SeededGenerator(seed: 4)
    for decays in [true, false] {
      var weights = (0..<5).map { _ in Float(generator.normal()) }
      #expect(rule.stateNames == ["first moment", "second moment"])
      var (first, second) = ([Float](repeating: 0, count: 5), [Float](repeating: 0, count: 5))
      var twins = weights.map { (w: Double($0), m: 0.0, v: 0.0) }
      for step in 1...12 {
        var gradient = (0..<5).map { _ in Float(generator.normal()) }
        let size = 0.1 / Double(step)
        for i in 0..<5 {
          let g = Double(gradient[i])
          twins[i].m = 0.8 * twins[i].m + 0.2 * g
          twins[i].v = 0.95 * twins[i].v + 0.05 * g * g
          let (m, v) = (twins[i].m / (1 - pow(0.8, Double(step))), twins[i].v / (1 - pow(0.95, Double(step))))
          twins[i].w -= size * (m / (v.squareRoot() + 1e-3) + (decays ? Double(decay) * twins[i].w : 0))
        }
        weights.withUnsafeMutableBufferPointer { weights in
          gradient.withUnsafeMutableBufferPointer { gradient in
            first.withUnsafeMutableBufferPointer { first in
              second.withUnsafeMutableBufferPointer { second in
                let parameter = OptimizedParameter(
                  value: weights, gradient: gradient, state: [first, second], decays: decays)
                _ = rule.take(OptimizationStep([parameter], number: step, stepSize: Float(size)) { 0 })
              }
            }
          }
        }
        for i in 0..<5 { #expect(abs(Double(weights[i]) - twins[i].w) < 1e-5) }
      }
    }
  }

  @Test func warmUpGrowsAndTheLineFalls() {
    let warmUp = WarmUp(fraction: 0.2)
    let factors = (0..<10).map { warmUp.factor(.linear, step: $0, of: 10, stepsPerEpoch: 5) }
    #expect(factors[0] == 0.5 && factors[1] == 1 && factors[2] == 1 && abs(factors[9] - 1.0 / 8) < 1e-12)
    #expect(
      WarmUp().factor(.cosine, step: 3, of: 10, stepsPerEpoch: 5)
        == LearningRateSchedule.cosine.factor(step: 3, of: 10, stepsPerEpoch: 5))
  }
}
